using System.Globalization;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Lists what a file of grades would change, and what of it cannot be read; <c>?kind=conflict</c> shows one kind alone.</summary>
internal static class ListGradebookImportRows
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-imports/{gradebookImportId}/rows", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Page<ImportRow>>, NotFound, ProblemHttpResult>> Handle(
        CourseId courseId, GradebookImportId gradebookImportId, string? kind, PageRequest page, GradebookImportStore imports, TenantDb db,
        CancellationToken ct)
    {
        if (!TryKind(kind, out var wanted))
            return new Refusal("unknown_kind", "Ask for changed, conflict, invalid, unknown_learner or unknown_column.", "kind")
                .ToProblem();
        if (await imports.Find(courseId, gradebookImportId, ct) is null) return TypedResults.NotFound();
        // These are the grades of a course, whoever sent them.
        db.Audit(GradingAudit.GradesRead, $"course:{courseId.Value}", new { gradebook_import_id = gradebookImportId });
        return TypedResults.Ok(Page<ImportRow>.From(
            await imports.Rows(gradebookImportId, wanted, page, ct), page, row => row.RowNo.ToString(CultureInfo.InvariantCulture)));
    }

    private static bool TryKind(string? kind, out ImportRowKind? wanted)
    {
        wanted = Enum.TryParse<ImportRowKind>(kind?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known)
            && Enum.IsDefined(known) && !char.IsAsciiDigit(kind![0]) ? known : null;
        return wanted is not null || string.IsNullOrEmpty(kind);
    }
}
