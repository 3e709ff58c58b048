using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Courses.RosterImports;

/// <summary>The work of previewing a large roster.</summary>
internal sealed record RosterPlanJob(RosterImportId RosterImportId) : IJob;

/// <summary>Previews a roster that was too large to be planned while its sender waited.</summary>
internal sealed class RosterPlanHandler(RosterImportStore imports, RosterPlanning planning, StoredFiles files) : IJobHandler<RosterPlanJob>
{
    public async Task<object?> Run(RosterPlanJob job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.RosterImportId, ct) is not { State: RosterImportState.Planning, FileId: { } file } import) return null;
        await using var content = await files.Open(file, ct) ?? throw new InvalidOperationException("The uploaded roster is gone.");
        var planned = await planning.Make(content, import.FileName, ct);
        await progress.At(1, 2, ct);
        await imports.SavePlan(job.RosterImportId, planned.Reading, planned.Plan, planned.Fingerprint, ct);
        await progress.At(2, 2, ct);
        return new { roster_import_id = job.RosterImportId };
    }
}
