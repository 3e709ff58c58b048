using Lectern.Grading.Assignments;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.RubricAssessments;

/// <summary>Takes a score and an assessment said at once, to stand beside the ledger, by the rules of what goes into it.</summary>
internal sealed class Judge(TenantDb db, Actor actor, RubricStore rubrics)
{
    /// <param name="assignment">What the work was made for.</param>
    /// <param name="said">What is said of it.</param>
    /// <param name="stands">The assessment that stands; it stays where no criteria are said.</param>
    /// <param name="version">The version this becomes.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<(JudgedWork? Work, ProblemHttpResult? Problem)> Of(
        Assignment assignment, Judgement said, Assessment? stands, int version, CancellationToken ct)
    {
        if (said.Criteria is null or { Count: 0 }) return Scored(assignment, said.Score, stands);
        // They stand and fall together, so that none has a version of its own.
        var criteria = said.Criteria.Select(one => one is null ? null : one with { Version = 0 });
        var change = new AssessmentChange(said.RubricVersion, [.. criteria]);
        if (change.Refused() is { } refusal) return (null, refusal.ToProblem());
        if (await rubrics.Of(assignment.AssignmentId, ct, held: true) is not { } link) return (null, Assessor.NoRubric.ToProblem());
        var rubric = link.Rubric;
        if (said.RubricVersion != rubric.Version) return (null, Problems.Conflict(Assessor.RubricMoved, link, said));
        var wrong = change.Criteria!.Select(one => one!.RefusedBy(rubric.Find(one.CriterionId ?? string.Empty)));
        if (wrong.FirstOrDefault(no => no is not null) is { } no) return (null, no.ToProblem());
        var scores = change.Criteria!.Select(
            one => one!.ToScore(rubric.Find(one.CriterionId!)!, version, actor.UserId, db.Now));
        var assessed = Assessment.None(rubric).With(
            scores.Where(one => one is not { Points: null, RatingId: null, Comment: null }), rubric);
        return Scored(
            assignment, said.Score ?? (link.TotalIsScore && assessed.IsComplete(rubric) ? assessed.Total : null), assessed);
    }

    private static (JudgedWork? Work, ProblemHttpResult? Problem) Scored(Assignment assignment, decimal? score, Assessment? assessed)
    {
        if (score is not { } points)
            return (null, new Refusal("score_required", "Give a score, or assess every criterion that counts.", "score").ToProblem());
        return assignment.RefusesScore(points) is { } refusal ? (null, refusal.ToProblem()) : (new JudgedWork(points, assessed), null);
    }
}

/// <summary>A score, an assessment, or both. Without criteria the assessment that stands stays.</summary>
internal sealed record Judgement(decimal? Score, int? RubricVersion, IReadOnlyList<CriterionChange?>? Criteria);

internal sealed record JudgedWork(decimal Score, Assessment? Assessment)
{
    public bool SaysTheSame(decimal? score, Assessment? other) => Score == score && (Assessment is null
        ? other is null
        : other is not null && Assessment.RubricVersion == other.RubricVersion && Assessment.Criteria.Count == other.Criteria.Count
            && Assessment.Criteria.All(one => other.On(one.CriterionId)?.SaysTheSame(one) is true));
}

/// <summary>An assessment beside the ledger as it is sent.</summary>
internal sealed record AssessmentSheet(int RubricVersion, IReadOnlyList<SaidCriterion> Criteria, decimal? Total)
{
    public static AssessmentSheet? Of(Assessment? said) => said is null
        ? null
        : new(
            said.RubricVersion,
            [.. said.Criteria.Select(one => new SaidCriterion(one.CriterionId, one.Points, one.RatingId, one.Comment))], said.Total);
}

internal sealed record SaidCriterion(string CriterionId, decimal? Points, string? RatingId, string? Comment);
