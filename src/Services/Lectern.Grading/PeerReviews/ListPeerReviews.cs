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

/// <summary>Lists for graders the reviews one learner gives and gets, with those that were taken away.</summary>
internal static class ListPeerReviews
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/learners/{learnerId}/peer-reviews", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions);

    internal static async Task<Results<Ok<Page<PairLine>>, NotFound>> Handle(
        AssignmentId assignmentId, UserId learnerId, TenantDb db, PeerReviewStore reviews, AnonymityStore anonymity, CancellationToken ct)
    {
        var pseudonyms = await anonymity.On(assignmentId, ct);
        if ((pseudonyms is null ? learnerId : pseudonyms.Behind(learnerId)) is not { } learner) return TypedResults.NotFound();
        var rows = await reviews.Pairs(assignmentId, learner, ct);
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { peer_reviews_of = learner.Value });
        if (pseudonyms is { Hidden: true })
            rows = rows.ConvertAll(row => row with
            {
                ReviewerId = pseudonyms.Of(row.ReviewerId), ReviewerName = pseudonyms.NameOf(row.ReviewerId),
                AuthorId = pseudonyms.Of(row.AuthorId), AuthorName = pseudonyms.NameOf(row.AuthorId),
            });
        return TypedResults.Ok(new Page<PairLine>(rows, null));
    }
}
