using Lectern.Contracts.Grading;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RubricAssessments;

/// <summary>How one learner's work was assessed, as the ledger keeps it with the grade.</summary>
/// <param name="RubricVersion">The version of the rubric it was made with.</param>
/// <param name="Total">What the criteria that count have earned so far; null while none has points.</param>
/// <param name="Scored">The total that was last taken as the score.</param>
[StoredAsJson]
internal sealed record Assessment(RubricId RubricId, int RubricVersion, IReadOnlyList<CriterionScore> Criteria, decimal? Total,
    decimal? Scored = null)
{
    public static Assessment None(Rubric rubric) => new(rubric.RubricId, rubric.Version, [], null);

    public CriterionScore? On(string criterion) => Criteria.FirstOrDefault(score => score.CriterionId == criterion);

    /// <summary>Nothing that counts is left open: what has no points yet is unknown, not 0.</summary>
    public bool IsComplete(Rubric rubric) =>
        rubric.Criteria.Exists(criterion => criterion.Scoring)
        && rubric.Criteria.TrueForAll(criterion => !criterion.Scoring || On(criterion.CriterionId)?.Points is not null);

    /// <summary>
    /// Whether the total is to be the score: nothing is open, and the score is none or the total of before. What a person typed stays.
    /// </summary>
    public bool GivesScore(Rubric rubric, decimal? entered) => IsComplete(rubric) && (entered is null || entered == Scored);

    /// <summary>With these criteria assessed anew.</summary>
    public Assessment With(IEnumerable<CriterionScore> changed, Rubric rubric)
    {
        var newer = changed.ToDictionary(score => score.CriterionId, StringComparer.Ordinal);
        return Of(rubric, criterion => newer.GetValueOrDefault(criterion.CriterionId) ?? On(criterion.CriterionId));
    }

    /// <summary>
    /// The same assessment by another version of its rubric. A criterion that is gone falls away, a new one is open. Points follow their
    /// rating; typed points stay, up to the new most.
    /// </summary>
    /// <param name="rubric">The version to carry it over to.</param>
    /// <param name="was">The version it was made with.</param>
    /// <param name="version">The version of the grade this becomes.</param>
    public Assessment CarryTo(Rubric rubric, Rubric was, int version) => Of(rubric, criterion =>
    {
        if (On(criterion.CriterionId) is not { } score) return null;
        var carried = Carry(score, criterion, was.Find(criterion.CriterionId));
        return carried == score ? score : carried with { Version = version };
    });

    private static CriterionScore Carry(CriterionScore score, Criterion criterion, Criterion? was)
    {
        if (score.Points is not { } points) return score;
        var then = was?.Ratings.FirstOrDefault(rating => rating.RatingId == score.RatingId);
        var now = criterion.Ratings.FirstOrDefault(rating => rating.RatingId == score.RatingId);
        if (now is not null && then is not null && (then.Points == points || !criterion.Ranges))
            return score with { Points = now.Points };
        var kept = Math.Min(points, criterion.Points);
        return score with { Points = kept, RatingId = criterion.RatingFor(kept)?.RatingId };
    }

    private Assessment Of(Rubric rubric, Func<Criterion, CriterionScore?> scoreOf)
    {
        var scores = rubric.Criteria.Select(criterion => (criterion.Scoring, Score: scoreOf(criterion)))
            .Where(one => one.Score is not null).ToList();
        var counted = scores.Where(one => one.Scoring && one.Score!.Points is not null).ToList();
        return new(
            rubric.RubricId, rubric.Version, [.. scores.Select(one => one.Score!)],
            counted.Count == 0 ? null : counted.Sum(one => one.Score!.Points), Scored);
    }
}

/// <summary>One criterion of one assessment.</summary>
/// <param name="Points">Null: not assessed, which is not 0.</param>
/// <param name="Version">The version of the grade that brought it; a change says which one it saw, 0 for none.</param>
internal sealed record CriterionScore(
    string CriterionId, decimal? Points, string? RatingId, string? Comment, int Version, UserId? GraderId, DateTimeOffset At)
{
    public bool SaysTheSame(CriterionScore other) =>
        (Points, RatingId, Comment) == (other.Points, other.RatingId, other.Comment);
}
