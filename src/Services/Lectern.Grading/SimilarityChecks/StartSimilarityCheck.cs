using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Has one attempt of an assignment compared anew, or all of them.</summary>
internal static class StartSimilarityCheck
{
    /// <param name="SubmissionId">Left out: all that was handed in.</param>
    internal sealed record Request(SubmissionId? SubmissionId);

    private static readonly Refusal Off = new(
        "similarity_off", "This assignment's work is not compared. Switch the comparison on first.");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/similarity-checks", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait();

    internal static async Task<Results<Accepted, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, SimilarityPolicyStore policies, SimilarityStore checks, TenantDb db,
        CancellationToken ct)
    {
        if (!(await policies.Of(assignmentId, ct)).Enabled) return Off.ToProblem();
        if (request.SubmissionId is { } one)
        {
            if (await checks.HeadOf(one, assignmentId, ct) is not { } work) return TypedResults.NotFound();
            await checks.Ask([work], ct);
        }
        else db.Enqueue(new CompareAssignment(assignmentId, null), CompareAssignment.Options);

        db.Audit(GradingAudit.SimilarityAsked, $"assignment:{assignmentId.Value}", new { request.SubmissionId });
        return TypedResults.Accepted($"/api/v1/assignments/{assignmentId.Value}/similarity-checks");
    }
}
