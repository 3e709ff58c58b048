using Lectern.Contracts.Courses;
using Lectern.Grading.Sheets;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookImports;

/// <summary>Takes a sheet of grades (CSV or Excel) to be compared with what stands here; nothing is changed by it.</summary>
internal static class CreateGradebookImport
{
    // The platform's own token guards cookie requests, so the framework's antiforgery has nothing to add.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/gradebook-imports", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait()
        .DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(SheetLimits.Default.FileBytes + (64 << 10)));

    internal static async Task<Results<Accepted<GradebookImport>, ProblemHttpResult>> Handle(
        CourseId courseId, IFormFile? file, GradebookImportStore imports, StoredFiles files, TenantDb db, CancellationToken ct)
    {
        if (file is null) return new Refusal("file_required", "Choose the file with the grades.", "file").ToProblem();
        await using var content = file.OpenReadStream();
        // By its name as it came, which may be a path.
        var (stored, refusal) = await files.Store(
            Path.GetFileName(file.FileName.Replace('\\', '/')), "application/octet-stream", content, "gradebook_import", ct);
        if (refusal is not null) return refusal.ToProblem();
        var id = await imports.Insert(courseId, stored!, ct);
        await imports.Next((await imports.Find(courseId, id, ct))!, new PlanGradebookImport(id), ImportState.Planning, ct);
        db.Audit(GradingAudit.GradebookImportSent, $"course:{courseId.Value}", new { gradebook_import_id = id, stored!.Name });
        return TypedResults.Accepted(
            $"/api/v1/courses/{courseId.Value}/gradebook-imports/{id.Value}", await imports.Find(courseId, id, ct));
    }
}
