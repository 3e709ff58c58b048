using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Takes back what a ZIP of feedback attached, as one action; learners who have seen theirs keep it.</summary>
internal static class CreateFeedbackReversal
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/feedback-imports/{feedbackImportId}/reversal", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<FeedbackImport>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, FeedbackImportId feedbackImportId, FeedbackImportStore imports, JobWatch jobs, CancellationToken ct)
    {
        if (await imports.Hold(feedbackImportId, ct) is not { } held || held.AssignmentId != assignmentId) return TypedResults.NotFound();
        var import = held.With(await jobs.Find(held.JobId, ct));
        if (import.State is not FeedbackState.Applied)
            return new Refusal("feedback_import_state", "Only a ZIP that has been applied can be taken back, once.").ToProblem();
        await imports.Next(
            feedbackImportId, assignmentId, new ReverseFeedbackImport(feedbackImportId), FeedbackState.Reversing, ct);
        return TypedResults.Accepted(
            $"/api/v1/assignments/{assignmentId.Value}/feedback-imports/{feedbackImportId.Value}",
            await imports.Find(assignmentId, feedbackImportId, ct));
    }
}
