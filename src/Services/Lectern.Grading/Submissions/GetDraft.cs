using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Gives back the work a learner has not handed in yet; version 0 when there is none.</summary>
internal static class GetDraft
{
    internal sealed record Response(string? BodyText, string? Url, IReadOnlyList<FileLink> Files, DateTimeOffset? SavedAt, int Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/draft", Handle)
        .RequirePermission(GradingPermission.ReadOwnSubmissions).Critical();

    internal static async Task<Ok<Response>> Handle(
        AssignmentId assignmentId, Actor actor, SubmissionStore submissions, StoredFiles files, CancellationToken ct)
    {
        var draft = await submissions.Draft(assignmentId, actor.Person, ct);
        return TypedResults.Ok(draft is null
            ? new Response(null, null, [], null, 0)
            : new Response(
                draft.BodyText, draft.Url, await files.Find(draft.FileIds, ct, owner: actor.Person), draft.SavedAt, draft.Version));
    }
}
