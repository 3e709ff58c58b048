using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Sends the outcomes of a course and their groups as CSV, in the columns of Canvas.</summary>
internal static class ExportCourseOutcomes
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/outcome-table", Handle)
        .RequirePermission(GradingPermission.ReadOutcomes).CanWait();

    internal static async Task<FileContentHttpResult> Handle(CourseId courseId, OutcomeTable table, CancellationToken ct) =>
        TypedResults.File(await table.Of(OutcomeOwner.Of(courseId), ct), "text/csv; charset=utf-8", "outcomes.csv");
}
