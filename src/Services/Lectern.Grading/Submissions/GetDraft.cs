using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.GroupSubmissions;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Gives back the work a learner, or their group, has not handed in yet; version 0 when there is none.</summary>
internal static class GetDraft
{
    /// <param name="SavedByName">Who of a group wrote last; null in a draft of one's own.</param>
    internal sealed record Response(
        string? BodyText, string? Url, IReadOnlyList<FileLink> Files, AnswerSheet? Answers, DateTimeOffset? SavedAt, int Version,
        string? SavedByName);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/draft", Handle)
        .RequirePermission(GradingPermission.ReadOwnSubmissions).Critical();

    internal static async Task<Ok<Response>> Handle(
        AssignmentId assignmentId, Actor actor, GroupWorkStore groups, DraftStore drafts, StoredFiles files, CancellationToken ct)
    {
        var group = await groups.Of(assignmentId, actor.Person, ct);
        return TypedResults.Ok(await Shown(new(assignmentId, actor.Person, group?.GroupId), drafts, files, ct));
    }

    internal static async Task<Response> Shown(DraftPlace place, DraftStore drafts, StoredFiles files, CancellationToken ct)
    {
        if (await drafts.Find(place, ct) is not { } draft) return new(null, null, [], null, null, 0, null);
        // Whether a file may stand in a group's draft was asked when somebody put it there.
        var kept = await files.Find(draft.FileIds, ct, owner: place.Group is null ? place.Learner : null);
        return new(draft.BodyText, draft.Url, kept, draft.Answers, draft.SavedAt, draft.Version, draft.SavedByName);
    }
}
