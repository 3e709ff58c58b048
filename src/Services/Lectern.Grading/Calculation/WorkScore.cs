namespace Lectern.Grading.Calculation;

/// <summary>Where a score came from.</summary>
internal enum ScoreOrigin
{
    None,
    Entered,
    MissingPolicy,
}

/// <summary>A score after late and missing policy, with what was entered and what was taken off kept apart.</summary>
internal readonly record struct WorkScore(decimal? Entered, decimal Deducted, decimal? Score, ScoreOrigin Origin)
{
    internal static WorkScore Of(GradeItem item, GradingPolicy policy)
    {
        if (StandingEntry(item) is { } entered) return OfEntered(entered, item, policy.Late);
        if (item.Status != WorkStatus.Missing || policy.Missing is not { } missing) return new(null, 0, null, ScoreOrigin.None);
        var assignment = item.Assignment;
        var deducted = missing.Deduction(assignment.Points, assignment.GradingType);
        return new(null, deducted, assignment.Points - deducted, ScoreOrigin.MissingPolicy);
    }

    // A system zero was for work that was not there; once it is there, the zero says nothing about it.
    private static decimal? StandingEntry(GradeItem item) =>
        item.ScoreIsAutomatic && item.SubmittedAt is not null ? null : item.EnteredScore;

    private static WorkScore OfEntered(decimal entered, GradeItem item, LatePolicy? policy)
    {
        var score = GradedAssignment.Checked(entered);
        if (policy is null || item.ScoreIsAutomatic || item.LateExempt) return new(score, 0, score, ScoreOrigin.Entered);
        var assignment = item.Assignment;
        var deducted = policy.Deduction(score, assignment.Points, assignment.GradingType, Lateness.LateBy(item));
        return new(score, deducted, score - deducted, ScoreOrigin.Entered);
    }
}
