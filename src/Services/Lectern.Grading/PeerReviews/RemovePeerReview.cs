using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Asks a learner for a review no longer; what was written is kept and can be put back.</summary>
internal static class RemovePeerReview
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/peer-reviews/{peerReviewId}", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        PeerReviewId peerReviewId, PeerRemoval removal, CancellationToken ct) => removal.Set(peerReviewId, removed: true, ct);
}
