using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Takes work out of the calibration set, with what graders said of it.</summary>
internal static class RemoveCalibrationWork
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/calibration-works/{learnerId}", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, int? version, RouteScope scope, HttpContext context, TenantDb db,
        CalibrationStore calibrations, CalibrationDesk desk, AnonymityStore anonymity, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        // Asked twice, it is done once.
        if (await calibrations.Find(assignmentId, learner, ct) is not { } stands) return TypedResults.NoContent();
        if (!await calibrations.Remove(assignmentId, learner, seen, ct))
            return Problems.Conflict(
                "Somebody set another reference after you read it.",
                await desk.LayOut(new CourseId(scope.Id("course")), assignmentId, learner, true, ct), null);
        db.Audit(
            GradingAudit.CalibrationChanged, $"assignment:{assignmentId.Value}:{learner.Value}", new { removed = true, stands.Answers });
        return TypedResults.NoContent();
    }
}
