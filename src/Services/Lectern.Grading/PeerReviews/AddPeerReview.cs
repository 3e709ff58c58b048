using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Asks a learner by hand to review one more work; a review of it that was taken away comes back as it was.</summary>
internal static class AddPeerReview
{
    /// <param name="AuthorId">Anybody who made the work.</param>
    internal sealed record Request(UserId ReviewerId, UserId AuthorId);

    internal sealed record Response(PeerReviewId PeerReviewId);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-reviews", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, TenantDb db, PeerPlanStore plans, PeerReviewStore reviews, AnonymityStore anonymity,
        PeerNotices notices, CancellationToken ct)
    {
        if (await plans.Hold(assignmentId, ct) is not { } plan) return TypedResults.NotFound();
        var pool = await plans.Pool(plan, ct);
        var reviewer = await anonymity.Learner(assignmentId, request.ReviewerId, ct);
        var author = await anonymity.Learner(assignmentId, request.AuthorId, ct);
        if (pool.Works.FirstOrDefault(one => one.Makers.Any(maker => maker == author)) is not { } work)
            return new Refusal("peer_no_work", "Whose work is to be reviewed has handed in nothing.", "author_id").ToProblem();
        if (reviewer is not { } learner || !pool.Works.Any(one => one.Makers.Contains(learner)))
            return new Refusal("peer_no_work", "Who is to review has handed in nothing.", "reviewer_id").ToProblem();
        var own = work.Makers.Contains(learner);
        if (own && !plan.SelfReview)
            return new Refusal("peer_own_work", "Nobody reviews their own work here.", "reviewer_id").ToProblem();
        if (work.IsSample && !own)
            return new Refusal(
                "peer_sample", "This work has a reference: all practise on it, and nobody reviews it as a peer.", "author_id").ToProblem();
        if (await reviews.Add(plan, learner, work, own ? PeerKind.Self : PeerKind.Peer, ct) is not { } added)
            return new Refusal("peer_asked_already", "This review is asked for already.", "reviewer_id").ToProblem();
        notices.Asked(plan, [learner]);
        db.Audit(GradingAudit.PeersChanged, $"peer_review:{added.Value}", new { added = true });
        return TypedResults.Created($"/api/v1/peer-reviews/{added.Value}", new Response(added));
    }
}
