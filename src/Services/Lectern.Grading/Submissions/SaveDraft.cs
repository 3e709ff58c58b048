using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Keeps a learner's or a group's unfinished work; what was saved meanwhile elsewhere is not overwritten.</summary>
internal static class SaveDraft
{
    internal sealed record Response(int Version, DateTimeOffset SavedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/draft", Handle)
        .RequirePermission(GradingPermission.Submit).Critical();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, WorkForm request, RouteScope scope, TenantDb db, WorkDesk desk, DraftStore drafts,
        StoredFiles files, CancellationToken ct)
    {
        if (request.RefusedSize() is { } refusal) return refusal.ToProblem();
        if (request.Version is not { } seen)
            return new Refusal("version_required", "Say which version of the draft you saw; 0 when there was none.", "version").ToProblem();
        // Closed or used up does not matter here: nobody loses what they are writing because an hour struck.
        if (await desk.Look(new CourseId(scope.Id("course")), assignmentId, null, 0, ct) is not { Assignment: { } assignment })
            return TypedResults.NotFound();
        var place = await desk.PlaceOf(assignment, ct);
        if (place.Group is not null && (await desk.Files(place, request.FileIds, ct)).Refusal is { } unknown) return unknown.ToProblem();
        if (await drafts.Keep(place, request, seen, ct) is not { } version)
            return Problems.Conflict(
                place.Group is null ? "This draft was saved from another window." : "Somebody of your group saved this draft meanwhile.",
                await GetDraft.Shown(place, drafts, files, ct), request);
        return TypedResults.Ok(new Response(version, db.Now));
    }
}
