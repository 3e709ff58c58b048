using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Shows a learner's work on an assignment to a grader, also where nothing is handed in, or to their observer.</summary>
internal static class ListLearnerSubmissions
{
    // A grader holds the right at the course and an observer at the learner, so the handler asks for both.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/learners/{learnerId}/submissions", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<WorkView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, Actor actor, Access access, TenantDb db, WorkReader reader,
        AnonymityStore anonymity, CancellationToken ct)
    {
        var grader = await access.May(GradingPermission.ReadSubmissions, scope.Scope, ct);
        if (!grader && !actor.Holds(GradingPermission.ObserveSubmissions, Scope.Of("user", learnerId.Value)))
            return await access.Knows(scope.Scope, ct) ? Problems.Forbidden("This is somebody else's work.") : TypedResults.NotFound();

        // Observers see what the learner sees, and nothing more.
        var meant = grader ? await anonymity.Learner(assignmentId, learnerId, ct) : learnerId;
        if (meant is not { } learner
            || await reader.Read(new CourseId(scope.Id("course")), assignmentId, learner, own: !grader, ct) is not { } work)
            return TypedResults.NotFound();
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}:{learner.Value}");
        return TypedResults.Ok(work);
    }
}
