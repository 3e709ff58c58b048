using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookExports;

/// <summary>Lists who took which grades of a course as a file, newest first; also those whose file is gone.</summary>
internal static class ListGradebookExports
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-exports", Handle)
        .RequirePermission(GradingPermission.ReadGrades).CanWait();

    internal static async Task<Ok<Page<GradebookExport>>> Handle(
        CourseId courseId, PageRequest page, GradebookExportStore exports, CancellationToken ct) =>
        TypedResults.Ok(Page<GradebookExport>.From(
            await exports.List(courseId, page, ct), page,
            export => export.GradebookExportId.Value.ToString(CultureInfo.InvariantCulture)));
}
