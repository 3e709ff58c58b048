using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>Lists the downloads of an assignment's work, newest first.</summary>
internal static class ListSubmissionDownloads
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submission-downloads", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Ok<Page<SubmissionDownload>>> Handle(
        AssignmentId assignmentId, PageRequest page, SubmissionDownloadStore downloads, CancellationToken ct) =>
        TypedResults.Ok(Page<SubmissionDownload>.From(
            await downloads.List(assignmentId, page, ct), page,
            download => download.SubmissionDownloadId.Value.ToString(CultureInfo.InvariantCulture)));
}
