using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>
/// Writes one part of a download into a temporary file, stores that and asks for the next. Run again, it begins this part anew.
/// </summary>
internal sealed class DownloadSubmissionsHandler(
    SubmissionDownloadStore downloads, AssignmentStore assignments, AnonymityStore anonymity, WorkArchive archive, StoredFiles files,
    TenantDb db, IOptions<PlatformOptions> platform, IOptions<GradingOptions> options) : IJobHandler<DownloadSubmissions>
{
    public async Task<object?> Run(DownloadSubmissions job, JobProgress progress, CancellationToken ct)
    {
        if (await downloads.Peek(job.SubmissionDownloadId, ct) is not { State: DownloadState.Waiting } download) return null;
        if ((await assignments.Find(download.AssignmentId, ct))?.Assignment is not { } assignment) return null;
        var pseudonyms = assignment.Anonymous ? await anonymity.On(assignment.AssignmentId, ct) : null;
        await using var content = TemporaryFile.Open(platform.Value);
        var part = await archive.Write(assignment, pseudonyms, job.After, content, progress, ct);
        content.Position = 0;

        // From here on it is one short transaction: everything above was only read.
        if (await downloads.Hold(job.SubmissionDownloadId, ct) is not { State: DownloadState.Waiting } held) return null;
        var (stored, refusal) = await files.Store(
            NameOf(assignment, held.FileIds.Length + 1), "application/zip", content, "submission_download", ct);
        if (refusal is not null) throw new InvalidOperationException(refusal.Because);
        await downloads.AddPart(job.SubmissionDownloadId, stored!.FileId, part, ct);
        if (part.Next is { } next) await downloads.Next(job.SubmissionDownloadId, assignment.AssignmentId, next, ct);
        else await downloads.MarkReady(job.SubmissionDownloadId, db.Now.AddDays(options.Value.KeepExportsDays), ct);
        return new { submission_download_id = job.SubmissionDownloadId, part.Submissions, part.Files };
    }

    private static string NameOf(Assignment assignment, int part) =>
        part == 1 ? $"{WorkArchive.Plain(assignment.Title)}.zip" : $"{WorkArchive.Plain(assignment.Title)}-part-{part}.zip";
}

/// <summary>Gives up the files of a download whose time is over; their bytes go with the next sweep.</summary>
internal sealed class ExpireSubmissionDownloadHandler(SubmissionDownloadStore downloads, StoredFiles files)
    : IJobHandler<ExpireSubmissionDownload>
{
    public async Task<object?> Run(ExpireSubmissionDownload job, JobProgress progress, CancellationToken ct)
    {
        if (await downloads.Hold(job.SubmissionDownloadId, ct) is not { State: DownloadState.Ready } download) return null;
        foreach (var file in download.FileIds) await files.Forget(file, ct);
        await downloads.MarkExpired(job.SubmissionDownloadId, ct);
        return null;
    }
}
