namespace Lectern.Grading.Calculation;

/// <summary>The same work on both bases, and what a person set in place of the final grade.</summary>
internal sealed record ScopeFolds(ScopeFold Current, ScopeFold Final, GradeOverride? Override)
{
    internal ScopeFold On(Basis basis) => basis == Basis.Current ? Current : Final;

    internal GradeOverride? OverrideOn(Basis basis) => basis == Basis.Final ? Override : null;
}

/// <summary>One grading period of one learner.</summary>
internal sealed record PeriodFold(GradingPeriod Period, ScopeFolds Folds)
{
    /// <summary>What the period brings into the course: its grade as shown, rounded, so that a report card adds up by hand.</summary>
    internal decimal? Grade(Basis basis) => Folds.OverrideOn(basis) is { } set
        ? ((Exact)set.Percent).Round(Standing.Places)
        : Folds.On(basis).Percent?.Round(Standing.Places);

    internal static WeightedSum Combine(IEnumerable<(decimal WeightPercent, decimal? Grade)> periods) =>
        WeightedSum.Of(periods.Select(period => new WeightedPart(period.WeightPercent, (Exact?)period.Grade / WeightedSum.Whole)));
}
