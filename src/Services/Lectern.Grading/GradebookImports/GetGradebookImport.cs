using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Tells what a file of grades would change in numbers, and how far its job has come.</summary>
internal static class GetGradebookImport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-imports/{gradebookImportId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<GradebookImport>, NotFound>> Handle(
        CourseId courseId, GradebookImportId gradebookImportId, GradebookImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        if (await imports.Find(courseId, gradebookImportId, ct) is not { } import) return TypedResults.NotFound();
        return TypedResults.Ok(import.With(await jobs.Find(import.JobId, ct)));
    }
}
