using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>Tells how far a download of work has come, and where to fetch its parts once all are ready.</summary>
internal static class GetSubmissionDownload
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submission-downloads/{submissionDownloadId}", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions);

    internal static async Task<Results<Ok<SubmissionDownload>, NotFound>> Handle(
        AssignmentId assignmentId, SubmissionDownloadId submissionDownloadId, SubmissionDownloadStore downloads, StoredFiles files,
        JobWatch jobs, TenantDb db, CancellationToken ct)
    {
        if (await downloads.Find(assignmentId, submissionDownloadId, ct) is not { } download) return TypedResults.NotFound();
        if (download.State is not DownloadState.Ready)
        {
            var job = await jobs.Find(download.JobId, ct);
            return TypedResults.Ok(download with
            {
                Job = job, Stopped = download.State is DownloadState.Waiting && job is { IsOver: true },
            });
        }

        // An address is as good as the file, so who got one is written down.
        db.Audit(
            GradingAudit.SubmissionsDownloadRead, $"assignment:{assignmentId.Value}",
            new { submission_download_id = submissionDownloadId });
        var parts = await files.Find(download.FileIds, ct);
        return TypedResults.Ok(download with { Files = [.. parts.OrderBy(part => part.FileId.Value)] });
    }
}
