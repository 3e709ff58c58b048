using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Courses.RosterImports;

/// <summary>The work of carrying out a previewed roster.</summary>
internal sealed record RosterApplyJob(RosterImportId RosterImportId) : IJob;

/// <summary>
/// Reads the file again and plans it against what is stored now. Only when that is what the preview showed is it carried out;
/// otherwise nothing happens and the import says that it is outdated.
/// </summary>
internal sealed class RosterApplyHandler(
    RosterImportStore imports, RosterPlanning planning, RosterApplication application, StoredFiles files, TenantDb db)
    : IJobHandler<RosterApplyJob>
{
    public async Task<object?> Run(RosterApplyJob job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.RosterImportId, ct) is not { State: RosterImportState.Applying, FileId: { } file } import) return null;
        await using var content = await files.Open(file, ct) ?? throw new InvalidOperationException("The uploaded roster is gone.");
        var planned = await planning.Make(content, import.FileName, ct);
        if (planned.Plan is not { Problems.Refuses: false } || !planned.Fingerprint.AsSpan().SequenceEqual(import.Fingerprint))
        {
            await imports.MarkOutdated(job.RosterImportId, ct);
            return new { applied = false, code = "plan_outdated", because = RosterImport.OutdatedBecause };
        }

        await application.Apply(planned, import.Notify, progress, ct);
        await imports.MarkApplied(job.RosterImportId, ct);
        db.Audit(CoursesAudit.RosterApplied, $"roster_import:{job.RosterImportId.Value}", import.Summary);
        return new { applied = true, import.Summary.Creates, import.Summary.Updates, import.Summary.Deletes };
    }
}
