using Lectern.Contracts.Grading;
using Lectern.Grading.GradebookExports;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Tells whoever asked for it how far a file has come, and where to fetch it once it is ready.</summary>
internal static class GetOutcomeExport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/outcomes/{outcomeId}/exports/{outcomeExportId}", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<OutcomeExport>, NotFound>> Handle(
        OutcomeId outcomeId, OutcomeExportId outcomeExportId, Actor actor, OutcomeExportStore exports, StoredFiles files, JobWatch jobs,
        TenantDb db, CancellationToken ct)
    {
        // It holds what they might read when they asked.
        if (await exports.Find(outcomeExportId, ct) is not { } export || export.OutcomeId != outcomeId || export.CreatedBy != actor.UserId)
            return TypedResults.NotFound();
        if (export is not { State: ExportState.Ready, FileId: { } file })
            return TypedResults.Ok(export with { Job = await jobs.Find(export.JobId, ct) });
        db.Audit(GradingAudit.GradebookExportRead, $"outcome:{outcomeId.Value}", new { outcome_export_id = outcomeExportId });
        return TypedResults.Ok(export with { File = (await files.Find([file], ct)).FirstOrDefault() });
    }
}
