namespace Lectern.Grading.Calculation;

/// <summary>Where a score came from.</summary>
internal enum ScoreOrigin
{
    None,
    Entered,
    MissingPolicy,
}

/// <summary>A score after late and missing policy, with what was entered and what was taken off kept apart.</summary>
/// <param name="Attempt">The attempt whose score it is, where one of several counts.</param>
internal readonly record struct WorkScore(decimal? Entered, decimal Deducted, decimal? Score, ScoreOrigin Origin, int? Attempt = null)
{
    /// <summary>A mean of attempts is rounded to what a score can have.</summary>
    internal const int Places = 4;

    internal static WorkScore Of(GradeItem item, GradingPolicy policy)
    {
        if (StandingEntry(item) is { } entered)
            return Keeps(item) ? OfAttempts(item, policy.Late) : OfEntered(entered, item, policy.Late);
        if (item.Status != WorkStatus.Missing || policy.Missing is not { } missing) return new(null, 0, null, ScoreOrigin.None);
        var assignment = item.Assignment;
        var deducted = missing.Deduction(assignment.Points, assignment.GradingType);
        return new(null, deducted, assignment.Points - deducted, ScoreOrigin.MissingPolicy);
    }

    // A system zero was for work that was not there; once it is there, the zero says nothing about it.
    private static decimal? StandingEntry(GradeItem item) =>
        item.ScoreIsAutomatic && item.SubmittedAt is not null ? null : item.EnteredScore;

    /// <summary>Whether several attempts have a say in the score.</summary>
    internal static bool Keeps(GradeItem item) =>
        item is { Assignment.Kept: not AttemptsKept.Latest, Attempts.Count: > 1, ScoreIsAutomatic: false };

    private static WorkScore OfAttempts(GradeItem item, LatePolicy? policy)
    {
        var each = item.Attempts.Select(attempt =>
            OfEntered(attempt.Entered, item.On(attempt), policy) with { Attempt = attempt.Attempt }).ToArray();
        if (item.Assignment.Kept is AttemptsKept.Highest)
            return each.Aggregate((best, next) => next.Score >= best.Score ? next : best);
        var (entered, score) = (Mean(each.Select(one => one.Entered)), Mean(each.Select(one => one.Score)));
        return new(entered, entered - score, score, ScoreOrigin.Entered);
    }

    private static decimal Mean(IEnumerable<decimal?> scores)
    {
        var all = scores.Select(score => score ?? 0).ToArray();
        return ((Exact)all.Sum() / all.Length).Round(Places);
    }

    private static WorkScore OfEntered(decimal entered, GradeItem item, LatePolicy? policy)
    {
        var score = GradedAssignment.Checked(entered);
        if (policy is null || item.ScoreIsAutomatic || item.LateExempt) return new(score, 0, score, ScoreOrigin.Entered);
        var assignment = item.Assignment;
        var deducted = policy.Deduction(score, assignment.Points, assignment.GradingType, Lateness.LateBy(item));
        return new(score, deducted, score - deducted, ScoreOrigin.Entered);
    }
}
