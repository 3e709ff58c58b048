using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Shows what handing out reviews would do now, and what would not come out even; nothing is changed.</summary>
internal static class PreviewPeerAllocation
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-allocation", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews).CanWait();

    internal static async Task<Results<Ok<AllocationView>, NotFound>> Handle(
        AssignmentId assignmentId, AssignmentStore assignments, PeerPlanStore plans, PeerAllocator allocator, CancellationToken ct) =>
        await assignments.Find(assignmentId, ct) is { } found && await plans.Find(assignmentId, ct) is { } plan
            ? TypedResults.Ok(await allocator.Preview(plan, found.Assignment, ct))
            : TypedResults.NotFound();
}
