using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookExports;

/// <summary>Tells how far an export has come, and where to fetch it once it is ready.</summary>
internal static class GetGradebookExport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-exports/{gradebookExportId}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<Ok<GradebookExport>, NotFound>> Handle(
        CourseId courseId, GradebookExportId gradebookExportId, GradebookExportStore exports, StoredFiles files, JobWatch jobs,
        TenantDb db, CancellationToken ct)
    {
        if (await exports.Find(courseId, gradebookExportId, ct) is not { } export) return TypedResults.NotFound();
        if (export is not { State: ExportState.Ready, FileId: { } file })
            return TypedResults.Ok(export with { Job = await jobs.Find(export.JobId, ct) });
        // An address is as good as the file, so who got one is written down.
        db.Audit(
            GradingAudit.GradebookExportRead, $"course:{courseId.Value}", new { gradebook_export_id = gradebookExportId, export.Format });
        return TypedResults.Ok(export with { File = (await files.Find([file], ct)).FirstOrDefault() });
    }
}
