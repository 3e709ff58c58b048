using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Shows a review with the work it is of, to its reviewer or to a grader.</summary>
internal static class GetPeerReview
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/peer-reviews/{peerReviewId}", Handle)
        .RequirePermission(GradingPermission.ReadPeerReviews);

    internal static async Task<Results<Ok<PeerReviewView>, NotFound>> Handle(
        PeerReviewId peerReviewId, RouteScope scope, Actor actor, Access access, TenantDb db, PeerReviewStore reviews, PeerReader reader,
        CancellationToken ct)
    {
        if (await reviews.Find(peerReviewId, ct) is not { } review) return TypedResults.NotFound();
        var own = review.ReviewerId == actor.UserId;
        if (!own && !await access.May(GradingPermission.ReadSubmissions, scope.Scope, ct)) return TypedResults.NotFound();
        if (await reader.Read(review, staff: !own, ct) is not { } view) return TypedResults.NotFound();
        if (!own) db.Audit(GradingAudit.SubmissionsRead, $"peer_review:{peerReviewId.Value}");
        return TypedResults.Ok(view);
    }
}
