using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.FeedbackImports;

/// <summary>
/// Stores the files of a ZIP by themselves, some at a time, and then attaches all of them in one unit of work: until then no learner sees
/// any, and a job that dies goes on where it was.
/// </summary>
internal sealed class ApplyFeedbackImportHandler(
    FeedbackImportStore imports, StandingFiles standing, AssignmentStore assignments, CommentStore comments, StoredFiles files, TenantDb db)
    : IJobHandler<ApplyFeedbackImport>
{
    // Storing holds the institution's count of bytes until the commit, so a step is short.
    private const int FilesAtOnce = 250;
    private const long BytesAtOnce = 64 << 20;

    public async Task<object?> Run(ApplyFeedbackImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.FeedbackImportId, ct) is not { State: FeedbackState.Applying, FileId: { } zip } import
            || (await assignments.Find(import.AssignmentId, ct))?.Assignment is not { } assignment) return null;
        var next = await imports.Unstored(import.FeedbackImportId, FilesAtOnce, ct);
        if (next.Count == 0) return await Attach(import, assignment, zip, ct);
        var stored = await Store(zip, next, import, progress, ct);
        await imports.Save(
            import.FeedbackImportId, import.State, import.Summary with { Stored = import.Summary.Stored + stored }, ct);
        await imports.Next(import.FeedbackImportId, import.AssignmentId, job, FeedbackState.Applying, ct);
        return new { stored };
    }

    private async Task<int> Store(
        FileId zip, List<FeedbackFile> rows, FeedbackImport import, JobProgress progress, CancellationToken ct)
    {
        await using var content = await files.Open(zip, ct) ?? throw new InvalidOperationException("The ZIP that was sent is gone.");
        using var archive = FeedbackArchive.Open(content);
        var (stored, bytes) = (new List<(int, FileId)>(), 0L);
        foreach (var row in rows)
        {
            if (stored.Count > 0 && bytes + row.SizeBytes > BytesAtOnce) break;
            await using var file = archive.Read(row.EntryNo);
            var (link, refusal) = await files.Store(
                row.Name, FeedbackType.Of(row.Name), file, StartUpload.PurposeOf(import.AssignmentId), ct);
            // What of this step is written goes with the step; there may be room when it is tried again.
            if (refusal is not null) throw new InvalidOperationException(refusal.Because);
            stored.Add((row.RowNo, link!.FileId));
            bytes += row.SizeBytes;
            await progress.At(import.Summary.Stored + stored.Count, import.Summary.Recognised, ct);
        }

        await imports.MarkStored(import.FeedbackImportId, stored, ct);
        return stored.Count;
    }

    private async Task<object?> Attach(FeedbackImport import, Assignment assignment, FileId zip, CancellationToken ct)
    {
        var rows = await imports.Stored(import.FeedbackImportId, ct);
        // Somebody may have attached the same since it was looked through, from this very ZIP sent twice, say.
        var stand = await standing.Of(assignment, rows.Select(row => row.SubmissionId!.Value), ct);
        var again = rows.Where(row => stand.Contains((row.SubmissionId!.Value, row.Sha256!))).ToList();
        foreach (var row in again) await files.Forget(row.FileId!.Value, ct);
        await imports.MarkStanding(import.FeedbackImportId, [.. again.Select(row => row.RowNo)], ct);
        var attached = rows.Except(again).ToList();
        var remarks = attached.GroupBy(row => row.SubmissionId!.Value)
            .Select(of => new FileRemark(of.Key, [.. of.Select(row => row.FileId!.Value)])).ToList();
        var learners = await comments.AddFiles(assignment, import.FeedbackImportId, remarks, ct);
        await files.Forget(zip, ct);
        await imports.MarkApplied(
            import.FeedbackImportId, import.Summary with { Attached = attached.Count, Learners = learners }, ct);
        db.Audit(GradingAudit.FeedbackImported, $"assignment:{import.AssignmentId.Value}", new
        {
            feedback_import_id = import.FeedbackImportId, import.FileName, attached = attached.Count, learners,
        });
        return new { attached = attached.Count, learners };
    }
}

/// <summary>Takes back what a ZIP attached, as one action, where its learner has not seen it yet.</summary>
internal sealed class ReverseFeedbackImportHandler(
    FeedbackImportStore imports, CommentStore comments, StoredFiles files, TenantDb db) : IJobHandler<ReverseFeedbackImport>
{
    public async Task<object?> Run(ReverseFeedbackImport job, JobProgress progress, CancellationToken ct)
    {
        if (await imports.Hold(job.FeedbackImportId, ct) is not { State: FeedbackState.Reversing } import) return null;
        var (taken, kept) = await comments.TakeBack(import.FeedbackImportId, ct);
        var keptFiles = kept.SelectMany(files => files).ToHashSet();
        foreach (var file in taken.SelectMany(files => files).Distinct().Except(keptFiles)) await files.Forget(file, ct);
        await imports.MarkReversed(
            import.FeedbackImportId, import.Summary with { TakenBack = taken.Count, Kept = kept.Count }, ct);
        db.Audit(GradingAudit.FeedbackImportReversed, $"assignment:{import.AssignmentId.Value}", new
        {
            feedback_import_id = import.FeedbackImportId, import.FileName, taken_back = taken.Count, kept = kept.Count,
        });
        return new { taken_back = taken.Count, kept = kept.Count };
    }
}
