using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Says whether an assignment's work is compared with other work, with what, and what does not count.</summary>
internal static class GetSimilarityPolicy
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/similarity-policy", Handle)
        .RequirePermission(GradingPermission.ReadDrafts);

    internal static async Task<Ok<SimilarityPolicy>> Handle(
        AssignmentId assignmentId, SimilarityPolicyStore policies, CancellationToken ct) =>
        TypedResults.Ok(await policies.Of(assignmentId, ct));
}
