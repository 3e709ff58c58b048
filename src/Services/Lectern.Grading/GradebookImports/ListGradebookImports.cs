using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Lists the files of grades that were sent to a course, newest first.</summary>
internal static class ListGradebookImports
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-imports", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait();

    internal static async Task<Ok<Page<GradebookImport>>> Handle(
        CourseId courseId, PageRequest page, GradebookImportStore imports, CancellationToken ct) =>
        TypedResults.Ok(Page<GradebookImport>.From(
            await imports.List(courseId, page, ct), page,
            import => import.GradebookImportId.Value.ToString(CultureInfo.InvariantCulture)));
}
