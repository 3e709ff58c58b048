using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerResets;

/// <summary>Takes reviews away together, as they were counted; everything written is kept and can be put back.</summary>
internal static class CreatePeerReset
{
    /// <param name="ReviewerId">Only the reviews this learner writes; left out: all of the assignment.</param>
    /// <param name="Reviews">How many a preview counted.</param>
    /// <param name="HandedIn">How many of them were handed in.</param>
    internal sealed record Request(UserId? ReviewerId, int Reviews, int HandedIn);

    internal sealed record Response(PeerResetId PeerResetId, int Reviews);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-resets", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, TenantDb db, PeerPlanStore plans, PeerResetStore resets, AnonymityStore anonymity,
        PeerNotices notices, CancellationToken ct)
    {
        if (await plans.Hold(assignmentId, ct) is not { } plan) return TypedResults.NotFound();
        var reviewer = request.ReviewerId is { } sent ? await anonymity.Learner(assignmentId, sent, ct) : null;
        if (request.ReviewerId is not null && reviewer is null) return TypedResults.NotFound();
        await resets.Hold(assignmentId, reviewer, ct);
        var counts = await resets.Count(assignmentId, reviewer, ct);
        if (counts.Reviews == 0) return new Refusal("peer_nothing_to_reset", "There are no reviews to take away.").ToProblem();
        if ((counts.Reviews, counts.HandedIn) != (request.Reviews, request.HandedIn))
            return Problems.Conflict("Reviews were written or handed out since you looked. Nothing was taken away.", counts, request);
        var id = await resets.Take(plan.CourseId, assignmentId, reviewer, counts, ct);
        // Who begins anew is not to get the same pairs.
        if (reviewer is null) await plans.DrawAnew(assignmentId, ct);
        // Who owes none any more may read those of their own work.
        else await notices.Shown(plan, [reviewer.Value], ct);
        db.Audit(GradingAudit.PeersChanged, $"assignment:{assignmentId.Value}", new { reset = id, counts.Reviews, counts.HandedIn });
        return TypedResults.Created($"/api/v1/assignments/{assignmentId.Value}/peer-resets", new Response(id, counts.Reviews));
    }
}
