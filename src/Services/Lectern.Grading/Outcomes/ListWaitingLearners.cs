using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Lists a course's learners who have not reached mastery of an outcome yet, by name.</summary>
internal static class ListWaitingLearners
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/course-outcomes/{courseOutcomeId}/waiting-learners", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<Page<WaitingLearner>>, NotFound>> Handle(
        CourseOutcomeId courseOutcomeId, PageRequest page, RouteScope scope, TenantDb db, CourseOutcomeStore inCourses,
        AcrossCourses across, CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if (await inCourses.Find(course, courseOutcomeId, ct) is not { } outcome) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"course:{course.Value}", new { mastery = true, course_outcome_id = courseOutcomeId });
        return TypedResults.Ok(await across.NotYet(course, outcome, page, ct));
    }
}
