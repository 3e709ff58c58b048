namespace Lectern.Grading.Calculation;

/// <summary>One number as people see it.</summary>
/// <param name="Score">Points earned on the work that counts.</param>
/// <param name="Possible">Points possible on that work.</param>
/// <param name="PercentUnrounded">The nearest decimal of the exact percent; null: no grade.</param>
/// <param name="Percent">Rounded once, half up, to 2 decimals.</param>
internal sealed record Standing(decimal Score, decimal Possible, decimal? PercentUnrounded, decimal? Percent, string? Letter)
{
    internal const int Places = 2;

    internal static Standing Of(decimal score, decimal possible, Exact? percent, LetterScheme? scheme) => percent is { } known
        ? new(score, possible, known.ToDecimal(), known.Round(Places), scheme?.BandOf(known).Letter)
        : new(score, possible, null, null, null);
}

/// <summary>The totals of the whole course or of one of its periods.</summary>
/// <param name="FinalBeforeOverride">What was computed, when a person has set another final grade; else null.</param>
/// <param name="Groups">Subtotals; empty for a course whose total is made of its periods, which then hold them.</param>
internal sealed record ScopeTotals(Standing Current, Standing Final, Standing? FinalBeforeOverride, IReadOnlyList<GroupTotals> Groups);

internal sealed record GroupTotals(long GroupId, Standing Current, Standing Final);

internal sealed record PeriodTotals(long PeriodId, ScopeTotals Totals);

/// <summary>All of one learner's totals in a course, with the version of the calculator that made them.</summary>
internal sealed record CourseTotals(int CalculatorVersion, ScopeTotals Course, IReadOnlyList<PeriodTotals> Periods)
{
    internal Standing Current => Course.Current;
    internal Standing Final => Course.Final;
}
