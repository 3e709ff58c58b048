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

namespace Lectern.Grading.Outcomes;

/// <summary>Lists the courses that measure an outcome with how their learners stand, as far as one may read their grades.</summary>
internal static class ListOutcomeCourses
{
    // The right is held at each course, so the query asks for it.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/outcomes/{outcomeId}/courses", Handle)
        .RequirePermission(PlatformPermission.SignedIn).CanWait();

    internal static async Task<Results<Ok<Page<CourseStanding>>, NotFound>> Handle(
        OutcomeId outcomeId, PageRequest page, RouteScope scope, Access access, TenantDb db, AcrossCourses across, CancellationToken ct)
    {
        var courses = await across.Page(outcomeId, page, ct);
        if (courses.Count == 0 && !await access.May(GradingPermission.ReadOutcomes, scope.Scope, ct)) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"outcome:{outcomeId.Value}", new { mastery = true, courses = courses.Count });
        return TypedResults.Ok(Page<CourseStanding>.From(
            courses, page, course => course.CourseId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
