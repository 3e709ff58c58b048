using Lectern.Contracts.Grading;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerResets;

/// <summary>Puts reviews back that were taken away together, with everything that was written.</summary>
internal static class UndoPeerReset
{
    /// <param name="Restored">How many came back.</param>
    internal sealed record Response(int Restored);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-resets/{peerResetId}/reversal", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, PeerResetId peerResetId, TenantDb db, PeerPlanStore plans, PeerResetStore resets, CancellationToken ct)
    {
        if (await plans.Hold(assignmentId, ct) is null || await resets.Find(assignmentId, peerResetId, ct) is not { } reset)
            return TypedResults.NotFound();
        // The answer to the first request was lost, say.
        if (reset.Restored is { } done) return TypedResults.Ok(new Response(done));
        // Otherwise everybody would write both.
        if (await resets.HandedOutSince(assignmentId, reset.At, ct))
            return new Refusal("peer_handed_out_since", "Reviews were handed out since. Take those away first.").ToProblem();
        var restored = await resets.Undo(assignmentId, peerResetId, ct);
        db.Audit(GradingAudit.PeersChanged, $"assignment:{assignmentId.Value}", new { reset_undone = peerResetId, restored });
        return TypedResults.Ok(new Response(restored));
    }
}
