using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerScores;

/// <summary>Lists what reviews by peers suggest as scores by a <c>?rule=</c>, and what taking them over would do.</summary>
internal static class ListPeerScores
{
    /// <param name="Score">What the rule makes of the reviews; null where there are none.</param>
    /// <param name="Scores">Of each review, from low to high.</param>
    /// <param name="Entered">What the grade says now; null too where whoever reads has yet to assess the work in a calibration.</param>
    internal sealed record Item(
        UserId UserId, string Name, decimal? Score, IReadOnlyList<decimal> Scores, bool Disagrees, decimal? Entered, TakeoverFate Fate);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-scores", Handle)
        .RequirePermission(GradingPermission.ReadGrades).CanWait();

    internal static async Task<Results<Ok<Page<Item>>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, string? rule, PageRequest page, RouteScope scope, TenantDb db, PeerPlanStore plans,
        PeerScoreStore scores, TakeoverPlanner planner, AnonymityStore anonymity, CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if (RuleOf(rule) is not { } wanted) return new Refusal("unknown_rule", "Ask for median, mean or weighted.", "rule").ToProblem();
        if (await plans.Find(assignmentId, ct) is not { ByRubric: true }) return TypedResults.NotFound();
        var pseudonyms = await anonymity.On(assignmentId, ct) is { Hidden: true } hidden ? hidden : null;
        var learners = await scores.Learners(course, assignmentId, page, pseudonyms, ct);
        var choice = new TakeoverChoice { Rule = wanted };
        var plan = await planner.Of(course, assignmentId, [.. learners.Select(one => one.UserId)], choice, held: false, ct);
        if (plan is null) return TypedResults.NotFound();
        var planned = plan.Scores.ToDictionary(one => one.UserId);
        db.Audit(GradingAudit.GradesRead, $"assignment:{assignmentId.Value}", new { peer_scores = learners.Count });
        var rows = learners.Where(one => planned.ContainsKey(one.UserId))
            .Select(one => (one.SortKey, Item: Of(one, planned[one.UserId], pseudonyms))).ToList();
        var made = Page<(string SortKey, Item Item)>.From(rows, page, row => PageRequest.Key(row.SortKey, row.Item.UserId.Value));
        return TypedResults.Ok(new Page<Item>([.. made.Items.Select(row => row.Item)], made.Next));
    }

    private static PeerRule? RuleOf(string? rule) => rule switch
    {
        null or "" or "median" => PeerRule.Median,
        "mean" => PeerRule.Mean,
        "weighted" => PeerRule.Weighted,
        _ => null,
    };

    private static Item Of(ScoredLearner learner, PlannedScore planned, Pseudonyms? pseudonyms) => new(
        pseudonyms?.Of(learner.UserId) ?? learner.UserId, pseudonyms?.NameOf(learner.UserId) ?? learner.Name, planned.Peers.Score,
        planned.Peers.Scores, planned.Peers.Disagrees, planned.Entered, planned.Fate);
}
