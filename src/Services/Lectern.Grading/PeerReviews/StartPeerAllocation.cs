using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Hands reviews out by a job; done again, it adds who has handed in since and changes nothing else.</summary>
internal static class StartPeerAllocation
{
    /// <param name="JobId">The job that does it; its result is what a preview shows.</param>
    internal sealed record Response(Guid JobId);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-allocations", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Accepted<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, TenantDb db, AssignmentStore assignments, PeerPlanStore plans, CancellationToken ct)
    {
        if (await plans.Find(assignmentId, ct) is null) return TypedResults.NotFound();
        if (await assignments.Find(assignmentId, ct) is not { Assignment.IsPublished: true })
            return new Refusal("peer_not_published", "Learners do not see this assignment yet.").ToProblem();
        var job = db.Enqueue(new AllocatePeers(assignmentId, null), AllocatePeers.Options(db.Tenant, assignmentId));
        return TypedResults.Accepted($"/api/v1/jobs/{job.Value}", new Response(job.Value));
    }
}
