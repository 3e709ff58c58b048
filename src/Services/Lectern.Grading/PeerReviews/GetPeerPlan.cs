using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Shows how learners review each other's work on an assignment; 404 where they do not.</summary>
internal static class GetPeerPlan
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-plan", Handle)
        .RequirePermission(GradingPermission.ReadPeerReviews);

    internal static async Task<Results<Ok<PeerPlanView>, NotFound>> Handle(
        AssignmentId assignmentId, PeerPlanStore plans, CancellationToken ct) =>
        await plans.Find(assignmentId, ct) is { } plan ? TypedResults.Ok(PeerPlanView.Of(plan)) : TypedResults.NotFound();
}
