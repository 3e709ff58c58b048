using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Puts a review back that was taken away, with everything that was written.</summary>
internal static class RestorePeerReview
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/peer-reviews/{peerReviewId}/restoration", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        PeerReviewId peerReviewId, PeerRemoval removal, CancellationToken ct) => removal.Set(peerReviewId, removed: false, ct);
}

/// <summary>Takes reviews away and puts them back. Done twice it is done once.</summary>
internal sealed class PeerRemoval(TenantDb db, PeerPlanStore plans, PeerReviewStore reviews, PeerNotices notices)
{
    public async Task<Results<NoContent, NotFound, ProblemHttpResult>> Set(PeerReviewId id, bool removed, CancellationToken ct)
    {
        if (await reviews.Find(id, ct) is not { } asked) return TypedResults.NotFound();
        if (await plans.Hold(asked.AssignmentId, ct) is not { } plan) return TypedResults.NotFound();
        if (await reviews.Hold(id, ct) is not { } review) return TypedResults.NotFound();
        if (review.RemovedAt is not null == removed) return TypedResults.NoContent();
        if (!await reviews.Remove(review, removed, ct))
            return new Refusal("peer_asked_already", "Another review by the same reviewer stands in its place.").ToProblem();
        // Who owes none any more may read those of their own work.
        if (removed) await notices.Shown(plan, [review.ReviewerId], ct);
        db.Audit(GradingAudit.PeersChanged, $"peer_review:{id.Value}", new { removed });
        return TypedResults.NoContent();
    }
}
