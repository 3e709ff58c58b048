namespace Lectern.Grading.Calculation;

/// <summary>Everything that was worked out for one learner; totals and derivation are both read from it, so they cannot differ.</summary>
internal sealed class CourseFold
{
    private CourseFold(CourseGradingInput input)
    {
        Input = input;
        Items = [.. input.Items.Select(item => ScoredItem.Of(item, input.Policy, input.View))];
        RefuseUnknownGroups();
        Periods = [.. input.Policy.Periods.Select(PeriodOf)];
        if (WeightsPeriods) return;
        Whole = FoldsOf(Items, input.Override);
    }

    internal CourseGradingInput Input { get; }
    internal ScoredItem[] Items { get; }
    internal IReadOnlyList<PeriodFold> Periods { get; }

    /// <summary>Null when the course is made of its periods.</summary>
    internal ScopeFolds? Whole { get; }

    internal bool WeightsPeriods => Input.Policy is { WeightPeriods: true, Periods.Count: > 0, Weighting: not Weighting.None };

    internal static CourseFold Of(CourseGradingInput input) => new(input);

    internal WeightedSum Combined(Basis basis) =>
        PeriodFold.Combine(Periods.Select(period => (period.Period.WeightPercent, period.Grade(basis))));

    internal GradingPeriod? PeriodOf(GradeItem item) => Input.Policy.PeriodOf(item.DueAt);

    internal CourseTotals ToTotals(int calculatorVersion) => new(
        calculatorVersion,
        Whole is { } whole ? TotalsOf(whole) : TotalsOfPeriods(),
        [.. Periods.Select(period => new PeriodTotals(period.Period.PeriodId, TotalsOf(period.Folds)))]);

    private PeriodFold PeriodOf(GradingPeriod period) => new(
        period,
        FoldsOf(Items.Where(item => PeriodOf(item.Item) == period), Input.PeriodOverrides?.GetValueOrDefault(period.PeriodId)));

    private ScopeFolds FoldsOf(IEnumerable<ScoredItem> items, GradeOverride? set)
    {
        var byGroup = items.ToLookup(item => item.Item.Assignment.GroupId);
        return new(ScopeFold.Of(Input.Policy, byGroup, Basis.Current), ScopeFold.Of(Input.Policy, byGroup, Basis.Final), set);
    }

    private ScopeTotals TotalsOf(ScopeFolds folds) => Overridden(
        StandingOf(folds.Current),
        StandingOf(folds.Final),
        folds.Override,
        [.. folds.Current.Groups.Zip(folds.Final.Groups, (current, final) =>
            new GroupTotals(current.Group.GroupId, StandingOf(current), StandingOf(final)))]);

    private ScopeTotals TotalsOfPeriods() =>
        Overridden(StandingOfPeriods(Basis.Current), StandingOfPeriods(Basis.Final), Input.Override, []);

    private ScopeTotals Overridden(Standing current, Standing final, GradeOverride? set, IReadOnlyList<GroupTotals> groups)
    {
        if (set is null) return new(current, final, null, groups);
        var shown = Standing.Of(final.Score, final.Possible, set.Percent, Input.Policy.Scheme);
        return new(current, shown with { Letter = set.Letter ?? shown.Letter }, final, groups);
    }

    private Standing StandingOfPeriods(Basis basis) => Standing.Of(
        Periods.Sum(period => period.Folds.On(basis).Score),
        Periods.Sum(period => period.Folds.On(basis).Possible),
        Combined(basis).Percent,
        Input.Policy.Scheme);

    private Standing StandingOf(ScopeFold fold) => Standing.Of(fold.Score, fold.Possible, fold.Percent, Input.Policy.Scheme);

    private Standing StandingOf(GroupFold fold) => Standing.Of(fold.Score, fold.Possible, fold.Percent, Input.Policy.Scheme);

    private void RefuseUnknownGroups()
    {
        foreach (var item in Items)
        {
            var groupId = item.Item.Assignment.GroupId;
            if (Input.Policy.Groups.Any(group => group.GroupId == groupId)) continue;
            throw new ArgumentException($"Assignment {item.Item.Assignment.AssignmentId} is in group {groupId}, which the policy lacks.");
        }
    }
}
