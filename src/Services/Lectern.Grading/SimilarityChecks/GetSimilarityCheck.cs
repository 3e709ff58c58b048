using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Shows which passages of a piece of work stand elsewhere too; to its learner where the assignment says so.</summary>
internal static class GetSimilarityCheck
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/submissions/{submissionId}/similarity-check", Handle)
        .RequirePermission(GradingPermission.ViewSubmission);

    internal static async Task<Results<Ok<SimilarityView>, NotFound>> Handle(
        SubmissionId submissionId, RouteScope scope, SimilarityReader reader, TenantDb db, CancellationToken ct)
    {
        if (await reader.Read(submissionId, scope.Scope, ct) is not { } shown) return TypedResults.NotFound();
        if (!shown.Own) db.Audit(GradingAudit.SimilarityRead, $"submission:{submissionId.Value}");
        return TypedResults.Ok(shown);
    }
}
