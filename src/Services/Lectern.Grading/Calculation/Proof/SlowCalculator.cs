namespace Lectern.Grading.Calculation.Proof;

/// <summary>
/// The rules written down a second time, as plainly as possible and without regard to speed: fractions throughout, and every subset tried
/// for every drop. It shares the input types with the calculator and nothing else.
/// </summary>
internal static class SlowCalculator
{
    private sealed record Cell(long Id, bool Free, Ratio Score, Ratio Possible);

    internal static Ratio? Percent(CourseGradingInput input, bool final)
    {
        if (final && input.Override is { } set) return set.Percent;
        if (input.Policy.Weighting == Weighting.None) return null;
        if (input.Policy.WeightPeriods && input.Policy.Periods.Count > 0) return OfPeriods(input, final);
        return OfItems(input, input.Items, final);
    }

    private static Ratio? OfPeriods(CourseGradingInput input, bool final)
    {
        var (sum, weights) = (Ratio.Zero, Ratio.Zero);
        foreach (var period in input.Policy.Periods)
        {
            var last = period == input.Policy.Periods[^1];
            var items = input.Items
                .Where(item => item.DueAt is null ? last : item.DueAt > period.StartsAt && item.DueAt <= period.EndsAt)
                .ToList();
            Ratio? percent = final && input.PeriodOverrides?.TryGetValue(period.PeriodId, out var own) == true
                ? own.Percent
                : OfItems(input, items, final);
            if (percent is not { } grade) continue;
            sum += period.WeightPercent * (Ratio)grade.Rounded() / 100m;
            weights += period.WeightPercent;
        }
        return ScaledUp(sum, weights);
    }

    private static Ratio? OfItems(CourseGradingInput input, IReadOnlyList<GradeItem> items, bool final)
    {
        var groups = input.Policy.Groups.Select(group => (Group: group, Sum: SumOf(input, group, items, final))).ToList();
        if (input.Policy.Weighting == Weighting.Points)
        {
            var score = groups.Aggregate(Ratio.Zero, (sum, one) => sum + one.Sum.Score);
            var possible = groups.Where(one => !one.Group.ExtraCredit).Aggregate(Ratio.Zero, (sum, one) => sum + one.Sum.Possible);
            return possible == Ratio.Zero ? null : score / possible * 100m;
        }
        var (weighted, weights, extra) = (Ratio.Zero, Ratio.Zero, Ratio.Zero);
        foreach (var (group, sum) in groups.Where(one => one.Sum.Possible != Ratio.Zero))
        {
            var share = group.WeightPercent * (sum.Score / sum.Possible);
            if (group.ExtraCredit) extra += share;
            else (weighted, weights) = (weighted + share, weights + group.WeightPercent);
        }
        return ScaledUp(weighted, weights) + extra;
    }

    private static Ratio? ScaledUp(Ratio sum, Ratio weights)
    {
        if (!(weights > Ratio.Zero)) return null;
        return weights < 100m ? sum * 100m / weights : sum;
    }

    private static (Ratio Score, Ratio Possible) SumOf(
        CourseGradingInput input, GradeGroup group, IReadOnlyList<GradeItem> items, bool final)
    {
        var cells = items
            .Where(item => item.Assignment.GroupId == group.GroupId && CanCount(item))
            .Select(item => CellOf(input, group, item, final))
            .OfType<Cell>()
            .ToList();
        return Sum(AfterDrops(group, cells));
    }

    private static bool CanCount(GradeItem item) =>
        item.Assigned && item.Assignment.Published && !item.Assignment.OmitFromFinal
        && item.Assignment.GradingType != GradingType.NotGraded && item.Status != WorkStatus.Excused;

    private static Cell? CellOf(CourseGradingInput input, GradeGroup group, GradeItem item, bool final)
    {
        var score = ScoreOf(input.Policy, item);
        var hidden = input.View == GradeView.Learner && !item.Posted;
        if (!final && (hidden || score is null || item.PendingReview)) return null;
        var id = item.Assignment.AssignmentId;
        var free = !item.Assignment.ExtraCredit && !group.NeverDrop.Contains(id);
        var possible = item.Assignment.ExtraCredit ? 0 : item.Assignment.PointsPossible ?? 0;
        return new(id, free, hidden ? Ratio.Zero : score ?? Ratio.Zero, possible);
    }

    private static Ratio? ScoreOf(GradingPolicy policy, GradeItem item)
    {
        Ratio possible = item.Assignment.PointsPossible ?? 0m;
        var passFail = item.Assignment.GradingType == GradingType.PassFail;
        if (item is { Attempts.Count: > 1, ScoreIsAutomatic: false, EnteredScore: not null, Assignment.Kept: not AttemptsKept.Latest })
            return OfAttempts(policy, item);
        var entered = item.ScoreIsAutomatic && item.SubmittedAt is not null ? null : item.EnteredScore;
        if (entered is null)
        {
            if (item.Status != WorkStatus.Missing || policy.Missing is null) return null;
            return passFail ? Ratio.Zero : possible * (100m - policy.Missing.DeductPercent) / 100m;
        }
        var late = item.Status == WorkStatus.Late && item.LateFor is not null ? item.LateFor
            : item.Status is WorkStatus.Late or WorkStatus.Computed ? item.SubmittedAt - (item.DueAt + item.LatePassTime)
            : null;
        if (policy.Late is null || passFail || item.LateExempt || item.ScoreIsAutomatic) return entered.Value;
        if (possible == Ratio.Zero || late is null) return entered.Value;
        var begun = 0;
        for (var reached = policy.Late.Grace; reached < late; reached += policy.Late.Interval) begun++;
        var floor = possible * policy.Late.MinimumPercent / 100m;
        if (begun == 0 || !((Ratio)entered.Value > floor)) return entered.Value;
        var reduced = entered.Value - begun * (possible * policy.Late.DeductPercent / 100m);
        return reduced < floor ? floor : reduced;
    }

    private static Ratio? OfAttempts(GradingPolicy policy, GradeItem item)
    {
        var (sum, best) = (Ratio.Zero, (Ratio?)null);
        foreach (var attempt in item.Attempts)
        {
            var score = ScoreOf(policy, item with { EnteredScore = attempt.Entered, SubmittedAt = attempt.SubmittedAt, Attempts = [] });
            sum += score!.Value;
            if (best is null || score.Value > best.Value) best = score;
        }

        if (item.Assignment.Kept == AttemptsKept.Highest) return best;
        // Half up, to four decimals, through hundredths of a hundred times as much.
        return (Ratio)(sum / (decimal)item.Attempts.Count * 100m).Rounded() / 100m;
    }

    private static List<Cell> AfterDrops(GradeGroup group, List<Cell> cells)
    {
        var free = cells.Where(cell => cell.Free).OrderBy(cell => cell.Id).ToList();
        var always = cells.Where(cell => !cell.Free).ToList();
        if (free.Count == 0) return cells;
        var keep = Math.Max(1, free.Count - group.DropLowest);
        var kept = Best(free, always, keep, (a, b) => a > b);
        if (keep - group.DropHighest > 0) kept = Best(kept, always, keep - group.DropHighest, (a, b) => a < b);
        return [.. always, .. kept];
    }

    // Subsets come in order of their ids and only a strictly better one is taken, which is the rule for ties.
    private static List<Cell> Best(List<Cell> free, List<Cell> always, int keep, Func<Ratio, Ratio, bool> better)
    {
        var pointless = free.Concat(always).All(cell => cell.Possible == Ratio.Zero);
        (List<Cell> Kept, Ratio Value)? best = null;
        foreach (var kept in Subsets(free, keep, 0))
        {
            var (score, possible) = Sum([.. always, .. kept]);
            if (!pointless && possible == Ratio.Zero) continue;
            var value = pointless ? score : score / possible;
            if (best is null || better(value, best.Value.Value)) best = (kept, value);
        }
        return best!.Value.Kept;
    }

    private static IEnumerable<List<Cell>> Subsets(List<Cell> cells, int size, int from)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(from, Math.Max(0, cells.Count - from))
            .SelectMany(first => Subsets(cells, size - 1, first + 1).Select(rest => rest.Prepend(cells[first]).ToList()));
    }

    private static (Ratio Score, Ratio Possible) Sum(IEnumerable<Cell> cells) =>
        cells.Aggregate((Ratio.Zero, Ratio.Zero), (sum, cell) => (sum.Item1 + cell.Score, sum.Item2 + cell.Possible));
}
