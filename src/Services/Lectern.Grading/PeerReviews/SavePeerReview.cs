using Lectern.Contracts.Grading;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Keeps what a reviewer writes, and hands it in; what was handed in stays handed in and whole.</summary>
internal static class SavePeerReview
{
    public const int LongestComment = 20_000;

    /// <param name="Criteria">Those that changed; others stay as they are.</param>
    /// <param name="Comment">Left out: stays.</param>
    /// <param name="HandIn">Hands it in with this.</param>
    /// <param name="RubricVersion">Of the rubric that was seen, where criteria are said.</param>
    internal sealed record Request(
        IReadOnlyList<CriterionChange?>? Criteria, string? Comment, bool HandIn, int? RubricVersion, int? Version);

    /// <summary>How it stands now; the work is where it was.</summary>
    internal sealed record Response(
        AssessmentView? Assessment, string Comment, DateTimeOffset? SavedAt, DateTimeOffset? HandedInAt, CalibrationSaid? Reference,
        int Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/peer-reviews/{peerReviewId}", Handle)
        .RequirePermission(GradingPermission.WritePeerReviews).Critical();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        PeerReviewId peerReviewId, Request request, HttpContext context, Actor actor, TenantDb db, PeerPlanStore plans,
        PeerReviewStore reviews, PeerReader reader, PeerWriter writer, PeerNotices notices, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return Assignments.UpdateAssignment.VersionRequired.ToProblem();
        if (await reviews.Hold(peerReviewId, ct) is not { } review || review.ReviewerId != actor.UserId
            || await plans.Find(review.AssignmentId, ct) is not { } plan) return TypedResults.NotFound();
        var (wanted, refusal) = await writer.With(review, plan, request, ct);
        if (refusal is not null) return refusal.ToProblem();
        if (wanted is null) return Problems.Conflict("The rubric was changed meanwhile. Look at it again.", await Answer(review), request);
        // What stands as it is wanted was saved by the same request before, say.
        if (PeerWriter.SaysTheSame(review, wanted)) return TypedResults.Ok(await Answer(review));
        if (review.ClosedBy(plan, db.Now) is { } closed) return closed.ToProblem();
        if (wanted.HandedInAt is not null && review is { HandedInAt: null, Kind: not PeerKind.Sample }
            && await reviews.OwesSamples(review, ct))
            return new Refusal("peer_samples_first", "Hand in your reviews of the works to practise on first.", "hand_in").ToProblem();
        if (review.Version != seen)
            return Problems.Conflict("This review was saved from another window.", await Answer(review), request);
        var saved = wanted with { SavedAt = db.Now, Version = review.Version + 1 };
        await reviews.Save(saved, ct);
        if (review.HandedInAt is null && saved.HandedInAt is not null)
            await notices.Shown(plan, [saved.AuthorId, saved.ReviewerId], ct);
        return TypedResults.Ok(await Answer(saved));

        async Task<Response> Answer(PeerReview now) =>
            new(await reader.Assessment(now, plan, ct), now.Comment, now.SavedAt, now.HandedInAt,
                await reader.Reference(now, ct), now.Version);
    }
}

/// <summary>What a review becomes by what was sent; neither it nor a refusal where the rubric is another by now.</summary>
internal sealed class PeerWriter(TenantDb db, RubricStore rubrics, AssessmentReader assessments)
{
    public async Task<(PeerReview? Review, Refusal? Refusal)> With(
        PeerReview review, PeerPlan plan, SavePeerReview.Request request, CancellationToken ct)
    {
        if (request.Comment?.Length > SavePeerReview.LongestComment)
            return (null, new("too_long", $"A comment can have at most {SavePeerReview.LongestComment} characters.", "comment"));
        var rubric = plan.ByRubric ? (await rubrics.Of(review.AssignmentId, ct, held: true))?.Rubric : null;
        var assessment = review.Assessment;
        if (request.Criteria is { Count: > 0 } said)
        {
            if (rubric is null) return (null, new("no_rubric", "No rubric is asked for here.", "criteria"));
            // What was said is of a rubric that is no longer this one.
            if (request.RubricVersion != rubric.Version)
                return (null, null);
            var wrong = said.Select(one => one is null
                ? new Refusal("unknown_criterion", "Every change names a criterion.", "criteria")
                : one.RefusedBy(rubric.Find(one.CriterionId ?? string.Empty)));
            if (wrong.FirstOrDefault(no => no is not null) is { } no) return (null, no);
            var stands = (await assessments.Carried(assessment, rubric, 0, ct)).Assessment;
            assessment = stands.With(said.Select(one => one!.ToScore(rubric.Find(one.CriterionId!)!, 0, null, db.Now)), rubric);
        }

        var wanted = review with
        {
            Assessment = assessment, Comment = request.Comment ?? review.Comment,
            HandedInAt = review.HandedInAt ?? (request.HandIn ? db.Now : null),
        };
        return wanted.HandedInAt is not null && Missing(wanted, plan, rubric) is { } missing ? (null, missing) : (wanted, null);
    }

    public static bool SaysTheSame(PeerReview stands, PeerReview wanted) =>
        stands.Comment == wanted.Comment && stands.HandedInAt is null == wanted.HandedInAt is null
        && (wanted.Assessment?.Criteria ?? []).Count == (stands.Assessment?.Criteria ?? []).Count
        && (wanted.Assessment?.Criteria ?? []).All(one => stands.Assessment?.On(one.CriterionId)?.SaysTheSame(one) is true);

    private static Refusal? Missing(PeerReview review, PeerPlan plan, Rubric? rubric)
    {
        if (plan.ByComments && string.IsNullOrWhiteSpace(review.Comment))
            return new("peer_review_incomplete", "Write what you think of the work before you hand your review in.", "hand_in");
        return rubric is null || review.Assessment?.With([], rubric).IsComplete(rubric) is true
            ? null
            : new("peer_review_incomplete", "Say something of every criterion before you hand your review in.", "hand_in");
    }
}
