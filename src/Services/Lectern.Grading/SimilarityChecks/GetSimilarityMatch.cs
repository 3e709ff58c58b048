using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Shows a grader the text of other work that shares passages with a piece of work, if they may see that other work.</summary>
internal static class GetSimilarityMatch
{
    internal sealed record Response(SubmissionId SubmissionId, string Text, IReadOnlyList<TextRange> LeftOut);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/submissions/{submissionId}/similarity-matches/{otherSubmissionId}", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        SubmissionId submissionId, SubmissionId otherSubmissionId, SimilarityStore checks, SimilarityPolicyStore policies,
        SimilarityReader reader, TenantDb db, CancellationToken ct)
    {
        if (await checks.Find(submissionId, ct) is not { } asked || !(await policies.Of(asked.AssignmentId, ct)).Enabled
            || !(await checks.Matches([asked.SubmissionId], ct)).Any(match => match.OtherSubmissionId == otherSubmissionId)
            || await checks.Find(otherSubmissionId, ct) is not { } other
            || !await reader.MayOpen(asked, other, ct)) return TypedResults.NotFound();
        db.Audit(GradingAudit.SubmissionsRead, $"submission:{otherSubmissionId.Value}", new { similar_to = submissionId });
        return TypedResults.Ok(new Response(otherSubmissionId, other.Body, Ranges.Of(other.LeftOut)));
    }
}
