using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Lists a course's learners with where each stands on its outcomes, by name; <c>?section=</c>, <c>?name=</c>.</summary>
internal static class ListMastery
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/mastery", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<MasteryRow>>> Handle(
        CourseId courseId, long? section, string? name, PageRequest page, TenantDb db, CourseOutcomeStore inCourses, MasteryReader reader,
        CancellationToken ct)
    {
        var outcomes = await inCourses.List(courseId, ct);
        db.Audit(GradingAudit.GradesRead, $"course:{courseId.Value}", new { mastery = true, section });
        return TypedResults.Ok(await reader.Page(courseId, outcomes, MasteryFilter.Of(section, name), page, ct));
    }
}
