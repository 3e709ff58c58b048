using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
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
        CourseId courseId, PageRequest page, GradebookImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        var listed = await imports.List(courseId, page, ct);
        // Few are under way at a time; of these it is the job that knows.
        for (var i = 0; i < listed.Count; i++)
        {
            if (listed[i].State is ImportState.Planning or ImportState.Applying or ImportState.Reversing)
                listed[i] = listed[i].With(await jobs.Find(listed[i].JobId, ct));
        }

        return TypedResults.Ok(Page<GradebookImport>.From(
            listed, page, import => import.GradebookImportId.Value.ToString(CultureInfo.InvariantCulture)));
    }
}
