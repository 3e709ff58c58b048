using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Takes back what an applied file changed, as one action; what somebody changed since is left as it is.</summary>
internal static class CreateImportReversal
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/gradebook-imports/{gradebookImportId}/reversal", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<GradebookImport>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, GradebookImportId gradebookImportId, GradebookImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        if (await imports.Hold(gradebookImportId, ct) is not { } held || held.CourseId != courseId) return TypedResults.NotFound();
        var import = held.With(await jobs.Find(held.JobId, ct));
        if (import.State is not ImportState.Applied)
            return new Refusal("gradebook_import_state", "Only a file that has been applied can be taken back, once.").ToProblem();
        await imports.Next(import, new ReverseGradebookImport(gradebookImportId), ImportState.Reversing, ct);
        return TypedResults.Accepted(
            $"/api/v1/courses/{courseId.Value}/gradebook-imports/{gradebookImportId.Value}",
            await imports.Find(courseId, gradebookImportId, ct));
    }
}
