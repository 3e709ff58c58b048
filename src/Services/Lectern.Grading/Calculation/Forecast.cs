namespace Lectern.Grading.Calculation;

/// <summary>What a learner's totals would be if. Asks the course's own calculator and stores nothing.</summary>
internal static class Forecast
{
    /// <summary>The same course with guesses in place of what stands: handed in, counted and seen, whatever was said of the work.</summary>
    /// <param name="guesses">Scores by assignment.</param>
    internal static CourseGradingInput With(CourseGradingInput input, IReadOnlyDictionary<long, decimal> guesses) => input with
    {
        Items = [.. input.Items.Select(item =>
            guesses.TryGetValue(item.Assignment.AssignmentId, out var score) ? Scored(item, score) : item)],
    };

    /// <summary>
    /// The least share of the points, the same on all work whose score is not known, with which the final total reaches the target.
    /// Share and scores are rounded up to hundredths, so that who reaches them reaches the target.
    /// </summary>
    internal static NeededScores Need(GradeCalculator calculator, CourseGradingInput input, decimal target)
    {
        var open = input.Items.Where(item => IsOpen(item, input)).Select(item => item.Assignment).ToList();
        // A drop rule may take away at one score what it let stand at a lower one, so whole percents are tried one by one.
        decimal? needed = open.Count == 0 ? null
            : Enumerable.Range(0, 101).Select(percent => (decimal?)percent).FirstOrDefault(percent => Reaches(percent!.Value));
        if (needed > 0) needed = Enumerable.Range(1, 100).Select(part => needed.Value - 1 + (part / 100m)).First(Reaches);
        return new(
            target, needed, FinalAt(0), FinalAt(100),
            [.. open.Select(work => new NeededScore(
                work.AssignmentId, needed is { } share ? Math.Ceiling(work.Points * share) / 100 : null))]);

        bool Reaches(decimal percent) => FinalOf(percent)?.PercentUnrounded >= target;

        decimal? FinalAt(decimal percent) => FinalOf(percent)?.Percent;

        Standing? FinalOf(decimal percent) =>
            calculator.Totals(With(input, open.ToDictionary(work => work.AssignmentId, work => work.Points * percent / 100))).Final;
    }

    private static bool IsOpen(GradeItem item, CourseGradingInput input) =>
        ItemTake.Of(ScoredItem.Of(item, input.Policy, input.View), Basis.Final).Inclusion
            is Inclusion.UngradedCountedAsZero or Inclusion.NotPostedCountedAsZero;

    private static GradeItem Scored(GradeItem item, decimal score) => item with
    {
        EnteredScore = score, Attempts = [], ScoreIsAutomatic = false, Posted = true, PendingReview = false,
        Status = item.Status is WorkStatus.Excused or WorkStatus.Missing ? WorkStatus.Computed : item.Status,
    };
}

/// <summary>What it takes to reach a final total.</summary>
/// <param name="Target">In percent.</param>
/// <param name="Percent">Of the points of each piece of work that is open; null: out of reach, or nothing is open.</param>
/// <param name="Least">The final percent if all that is open earns nothing.</param>
/// <param name="Most">The final percent if all that is open earns its full points.</param>
internal sealed record NeededScores(decimal Target, decimal? Percent, decimal? Least, decimal? Most, IReadOnlyList<NeededScore> Items);

internal sealed record NeededScore(long AssignmentId, decimal? Score);
