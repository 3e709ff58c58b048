using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.FeedbackImports;

/// <summary>Attaches what was recognised in a ZIP of feedback, all of it or nothing; the rest is left out only when that is said.</summary>
internal static class CreateFeedbackApplication
{
    private const int MostNamed = 10;

    /// <param name="LeaveOut">Apply without what is unknown, there twice or of the wrong type.</param>
    internal sealed record Request(bool? LeaveOut);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/feedback-imports/{feedbackImportId}/application", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<FeedbackImport>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, FeedbackImportId feedbackImportId, Request request, FeedbackImportStore imports, JobWatch jobs,
        CancellationToken ct)
    {
        if (await imports.Hold(feedbackImportId, ct) is not { } held || held.AssignmentId != assignmentId) return TypedResults.NotFound();
        var import = held.With(await jobs.Find(held.JobId, ct));
        if (import.RefusesApplication() is { } refusal) return refusal.ToProblem();
        if (import.Summary.InDoubt > 0 && request.LeaveOut is not true)
            return InDoubt(import.Summary, await imports.InDoubt(feedbackImportId, MostNamed, ct)).ToProblem();
        await imports.Next(
            feedbackImportId, assignmentId, new ApplyFeedbackImport(feedbackImportId), FeedbackState.Applying, ct);
        return TypedResults.Accepted(
            $"/api/v1/assignments/{assignmentId.Value}/feedback-imports/{feedbackImportId.Value}",
            await imports.Find(assignmentId, feedbackImportId, ct));
    }

    private static Refusal InDoubt(FeedbackSummary summary, List<string> named)
    {
        var names = string.Join(", ", named.Select(path => $"“{path}”")) + (summary.InDoubt > named.Count ? " …" : string.Empty);
        var all = summary.InDoubt + summary.Recognised + summary.Standing;
        var count = string.Create(CultureInfo.InvariantCulture, $"{summary.InDoubt:N0} of {all:N0}");
        return new Refusal(
            "feedback_in_doubt",
            $"{count} files cannot be attached: {names}. Nothing was attached. Mend the ZIP and send it again, or apply it without them.",
            "leave_out");
    }
}
