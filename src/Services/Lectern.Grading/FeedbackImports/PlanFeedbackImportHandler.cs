using Lectern.Grading.Assignments;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Looks through a ZIP. The ZIP stays until what is in it is stored by itself, or its time is over.</summary>
internal sealed class PlanFeedbackImportHandler(
    FeedbackImportStore imports, FeedbackPlanner planner, AssignmentStore assignments, StoredFiles files)
    : IJobHandler<PlanFeedbackImport>
{
    public async Task<object?> Run(PlanFeedbackImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Peek(job.FeedbackImportId, ct) is not { State: FeedbackState.Planning, FileId: { } file } import
            || (await assignments.Find(import.AssignmentId, ct))?.Assignment is not { } assignment) return null;
        try
        {
            await using var content = await files.Open(file, ct) ?? throw new InvalidOperationException("The file that was sent is gone.");
            var plan = await planner.Plan(assignment, content, progress, ct);
            // From here on it is one short transaction: everything above was only read.
            if (await imports.Hold(job.FeedbackImportId, ct) is not { State: FeedbackState.Planning }) return null;
            await imports.SavePlan(job.FeedbackImportId, plan, ct);
        }
        catch (FeedbackUnreadableException why)
        {
            await imports.Refuse(job.FeedbackImportId, why.Code, why.Message, ct);
            await files.Forget(file, ct);
        }

        return new { feedback_import_id = job.FeedbackImportId };
    }
}

/// <summary>Removes a ZIP that nobody applied in its time, with what of it was stored.</summary>
internal sealed class ExpireFeedbackImportHandler(FeedbackImportStore imports, StoredFiles files) : IJobHandler<ExpireFeedbackImport>
{
    public async Task<object?> Run(ExpireFeedbackImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.FeedbackImportId, ct) is not { FileId: { } zip } import) return null;
        foreach (var row in await imports.Stored(import.FeedbackImportId, ct)) await files.Forget(row.FileId!.Value, ct);
        await files.Forget(zip, ct);
        await imports.MarkExpired(import.FeedbackImportId, ct);
        return null;
    }
}
