using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Keeps a learner's unfinished work; what another window saved meanwhile is not overwritten.</summary>
internal static class SaveDraft
{
    internal sealed record Response(int Version, DateTimeOffset SavedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/draft", Handle)
        .RequirePermission(GradingPermission.Submit).Critical();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, WorkForm request, RouteScope scope, Actor actor, TenantDb db, WorkDesk desk, SubmissionStore submissions,
        CancellationToken ct)
    {
        if (request.RefusedSize() is { } refusal) return refusal.ToProblem();
        if (request.Version is not { } seen)
            return new Refusal("version_required", "Say which version of the draft you saw; 0 when there was none.", "version").ToProblem();
        // Closed or used up does not matter here: nobody loses what they are writing because an hour struck.
        if (await desk.Look(new CourseId(scope.Id("course")), assignmentId, null, 0, ct) is not { Assignment: not null })
            return TypedResults.NotFound();
        if (await submissions.Keep(assignmentId, actor.Person, request, seen, ct) is not { } version)
            return Problems.Conflict(
                "This draft was saved from another window.", await submissions.Draft(assignmentId, actor.Person, ct), request);
        return TypedResults.Ok(new Response(version, db.Now));
    }
}
