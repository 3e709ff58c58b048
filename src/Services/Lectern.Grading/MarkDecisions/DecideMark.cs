using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Gradebook;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkDecisions;

/// <summary>Decides a learner's mark: by the rule, one marker's, or another; it goes into the ledger and says whence.</summary>
internal static class DecideMark
{
    /// <param name="Way">rule, chosen (with marker_id) or entered (with score).</param>
    /// <param name="Version">The version of the decision that was seen; 0 where there was none.</param>
    internal sealed record Request(DecisionWay? Way, UserId? MarkerId, decimal? Score, string? Note, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/mark-decisions/{learnerId}", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<ModeratedWork>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, Request request, RouteScope scope, TenantDb db, GradebookStore gradebooks,
        MarkingPlanStore plans, MarkStore marks, DecisionStore decisions, Moderator moderator, AnonymityStore anonymity,
        CancellationToken ct)
    {
        if (request.Version is not { } seen)
            return new Refusal("version_required", "Say which version of the decision you saw; 0 for none.", "version").ToProblem();
        if (request.Note?.Length > 400) return new Refusal("too_long", "A note can have at most 400 characters.", "note").ToProblem();
        var pseudonyms = await anonymity.On(assignmentId, ct);
        if ((pseudonyms is null ? learnerId : pseudonyms.Behind(learnerId)) is not { } learner) return TypedResults.NotFound();
        if (await plans.Find(assignmentId, ct, held: true) is not { } plan) return AllocateMarkers.NoPlan.ToProblem();
        var held = await gradebooks.Hold(new CourseId(scope.Id("course")), [learner], ct);
        if (held.Course is not { } course || course.Find(assignmentId) is not { } assignment || !held.Learners.ContainsKey(learner))
            return TypedResults.NotFound();
        var given = await marks.Of(assignmentId, [learner], ct);
        var stands = await decisions.Newest(assignmentId, learner, ct);
        if ((stands?.Version ?? 0) != seen)
            return Problems.Conflict("Another moderator decided this mark after you read it. Nothing was overwritten.", stands is null
                ? null : stands with { UserId = learnerId }, request);
        var (score, refusal) = Score(request, plan, given, assignment.PointsPossible);
        if ((refusal ?? assignment.RefusesScore(score)) is { } no) return no.ToProblem();

        var made = moderator.Make(learner, stands, request.Way!.Value, score!.Value, given) with
        {
            MarkerId = request.Way is DecisionWay.Chosen ? request.MarkerId : null, Note = request.Note?.Trim() ?? string.Empty,
        };
        // Whoever's mark was chosen, theirs is also what learners read by the rubric; a mark between several has no such reading.
        var assessed = made.MarkerId is { } chosen ? given.Find(mark => mark.MarkerId == chosen)?.Assessment : null;
        if (await moderator.Record(course, assignmentId, held, [made], plan, ct, assessed) is { } problem) return problem;
        db.Audit(
            GradingAudit.MarkDecided, $"grade:{assignmentId.Value}:{learner.Value}", new { made.Way, made.Score, made.Marks, made.Note });
        return TypedResults.Ok(ModeratedWork.Of(learnerId, null, given, made, plan, assignment.PointsPossible));
    }

    private static (decimal? Score, Refusal? Refusal) Score(
        Request request, MarkingPlan plan, List<ProvisionalMark> given, decimal points) => request.Way switch
    {
        DecisionWay.Rule => plan.Agreed([.. given.Select(mark => mark.Score).OfType<decimal>()], points) is { } agreed
            ? (agreed, null)
            : (null, new("no_agreement", "The rule gives no mark here: marks are missing, too far apart, or a moderator decides.", "way")),
        DecisionWay.Chosen => given.Find(mark => mark.MarkerId == request.MarkerId)?.Score is { } score
            ? (score, null)
            : (null, new("unknown_marker", "This marker has given no mark here.", "marker_id")),
        DecisionWay.Entered => request.Score is { } entered
            ? (entered, null)
            : (null, new("score_required", "Say the mark.", "score")),
        _ => (null, new("way_required", "Say rule, chosen or entered.", "way")),
    };
}

/// <summary>One learner's work as a moderator sees it.</summary>
/// <param name="Spread">How far the marks lie apart; null before there are two.</param>
/// <param name="Agreed">What the rule gives; null where a moderator must decide or marks are missing.</param>
internal sealed record ModeratedWork(
    UserId UserId, string? Name, IReadOnlyList<ModeratedMark> Marks, bool Complete, decimal? Spread, decimal? Agreed,
    MarkDecision? Decision)
{
    public static ModeratedWork Of(
        UserId shown, string? name, IReadOnlyList<ProvisionalMark> marks, MarkDecision? decision, MarkingPlan plan, decimal points)
    {
        var scores = marks.Select(mark => mark.Score).OfType<decimal>().ToList();
        return new(
            shown, name,
            [.. marks.Select(ModeratedMark.Of)],
            marks.Count >= plan.Markers && marks.All(mark => mark.MarkedAt is not null),
            scores.Count < 2 ? null : scores.Max() - scores.Min(), plan.Agreed(scores, points),
            decision is null ? null : decision with { UserId = shown });
    }
}

/// <param name="Assessment">By the assignment's rubric, as the marker made it.</param>
internal sealed record ModeratedMark(
    UserId MarkerId, string? MarkerName, decimal? Score, string Comment, AssessmentSheet? Assessment, DateTimeOffset? MarkedAt)
{
    public static ModeratedMark Of(ProvisionalMark mark) => new(
        mark.MarkerId, mark.MarkerName, mark.Score, mark.Comment, AssessmentSheet.Of(mark.Assessment), mark.MarkedAt);
}
