using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Grades;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradingClaims;

/// <summary>Lays out one learner's work for a grader without claiming it, and says who else is at it.</summary>
internal static class GetGradingWork
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/grading-claims/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<GradingWork>, NotFound>> Handle(
        AssignmentId assignmentId, UserId learnerId, RouteScope scope, TenantDb db, GradingDesk desk, AnonymityStore anonymity,
        CancellationToken ct)
    {
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner
            || await desk.LayOut(new CourseId(scope.Id("course")), assignmentId, learner, ct) is not { } work)
            return TypedResults.NotFound();
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}:{learner.Value}");
        return TypedResults.Ok(work);
    }
}
