using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>Asks for the latest work of every learner on an assignment as ZIP files, which jobs make.</summary>
internal static class CreateSubmissionDownload
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/submission-downloads", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Accepted<SubmissionDownload>> Handle(
        AssignmentId assignmentId, RouteScope scope, SubmissionDownloadStore downloads, TenantDb db, CancellationToken ct)
    {
        var id = await downloads.Ask(new CourseId(scope.Id("course")), assignmentId, ct);
        db.Audit(GradingAudit.SubmissionsDownloaded, $"assignment:{assignmentId.Value}", new { submission_download_id = id });
        return TypedResults.Accepted(
            $"/api/v1/assignments/{assignmentId.Value}/submission-downloads/{id.Value}", await downloads.Find(assignmentId, id, ct));
    }
}
