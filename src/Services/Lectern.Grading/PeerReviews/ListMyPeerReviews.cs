using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Lists the reviews a learner is asked for on an assignment.</summary>
internal static class ListMyPeerReviews
{
    /// <param name="AuthorName">A pseudonym where authors are hidden; null for one's own work and for one to practise on.</param>
    /// <param name="Late">Handed in after the reviews were due.</param>
    internal sealed record Item(
        PeerReviewId PeerReviewId, PeerKind Kind, string? AuthorName, PeerReviewState State, bool Late, DateTimeOffset? HandedInAt);

    internal sealed record Response(PeerPlanView Plan, IReadOnlyList<Item> Items);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-reviews/mine", Handle)
        .RequirePermission(GradingPermission.WritePeerReviews);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, AssignmentStore assignments, PeerPlanStore plans, PeerReviewStore reviews, CancellationToken ct)
    {
        if (await plans.Find(assignmentId, ct) is not { } plan
            || await assignments.Find(assignmentId, ct) is not { Assignment.IsPublished: true }) return TypedResults.NotFound();
        var authors = plan.Authors;
        var asked = await reviews.Mine(assignmentId, ct);
        return TypedResults.Ok(new Response(PeerPlanView.Of(plan), asked.ConvertAll(one => new Item(
            one.PeerReviewId, one.Kind,
            one.Kind is not PeerKind.Peer ? null : plan.HidesAuthors ? authors.NameOf(one.AuthorId) : one.AuthorName,
            PeerReviewStates.Of(one.SavedAt, one.HandedInAt), one.HandedInAt > plan.ReviewsDueAt, one.HandedInAt))));
    }
}
