using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Tells in numbers what a ZIP of feedback holds, and how far its job has come.</summary>
internal static class GetFeedbackImport
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/feedback-imports/{feedbackImportId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<FeedbackImport>, NotFound>> Handle(
        AssignmentId assignmentId, FeedbackImportId feedbackImportId, FeedbackImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        if (await imports.Find(assignmentId, feedbackImportId, ct) is not { } import) return TypedResults.NotFound();
        return TypedResults.Ok(import.With(await jobs.Find(import.JobId, ct)));
    }
}
