using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Applies what was chosen of a compared file, all of it or nothing: what changed, and conflicts only when that is said.</summary>
internal static class CreateImportApplication
{
    private const int MostChoices = 50_000;

    /// <param name="Conflicts">keep, what stands here (when left out), or take, what the file says.</param>
    /// <param name="Rows">Single rows to be decided otherwise.</param>
    internal sealed record Request(ConflictChoice? Conflicts, IReadOnlyList<Choice?>? Rows);

    internal sealed record Choice(int RowNo, bool Take);

    internal enum ConflictChoice { Keep, Take }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/gradebook-imports/{gradebookImportId}/application", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<GradebookImport>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, GradebookImportId gradebookImportId, Request request, GradebookImportStore imports, JobWatch jobs,
        CancellationToken ct)
    {
        if (await imports.Hold(gradebookImportId, ct) is not { } held || held.CourseId != courseId) return TypedResults.NotFound();
        var import = held.With(await jobs.Find(held.JobId, ct));
        if (import.RefusesApplication() is { } refusal) return refusal.ToProblem();
        if (request.Rows is { Count: > MostChoices })
            return new Refusal("too_many", $"At most {MostChoices} rows can be decided by themselves.", "rows").ToProblem();
        if (request.Rows?.Contains(null) is true)
            return new Refusal("choice_required", "Every row that is decided by itself has a number.", "rows").ToProblem();
        var chosen = await imports.Choose(
            gradebookImportId, request.Conflicts is ConflictChoice.Take, (request.Rows ?? []).OfType<Choice>(), ct);
        if (chosen == 0) return new Refusal("nothing_to_change", "Nothing was chosen, so there is nothing to apply.").ToProblem();
        await imports.Next(import, new ApplyGradebookImport(gradebookImportId), ImportState.Applying, ct);
        return TypedResults.Accepted(
            $"/api/v1/courses/{courseId.Value}/gradebook-imports/{gradebookImportId.Value}",
            await imports.Find(courseId, gradebookImportId, ct));
    }
}
