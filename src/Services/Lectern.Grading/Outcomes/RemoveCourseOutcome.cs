using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Leaves an outcome out of a course; its grades stay, and taking it in again brings its scores back.</summary>
internal static class RemoveCourseOutcome
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/course-outcomes/{courseOutcomeId}", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static async Task<Results<NoContent, NotFound>> Handle(
        CourseOutcomeId courseOutcomeId, RouteScope scope, TenantDb db, CourseOutcomeStore inCourses, GradebookStore gradebooks,
        CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        await gradebooks.HoldStructure(course, ct);
        if (await inCourses.Find(course, courseOutcomeId, ct) is not { } before || !await inCourses.Remove(courseOutcomeId, ct))
            return TypedResults.NotFound();
        inCourses.ChangedAtCommit(course, before.Outcome.OutcomeId);
        db.Audit(GradingAudit.OutcomeChanged, $"course:{course.Value}", new { left_out = before.Outcome.Code });
        return TypedResults.NoContent();
    }
}
