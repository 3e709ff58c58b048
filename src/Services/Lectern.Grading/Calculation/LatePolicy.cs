namespace Lectern.Grading.Calculation;

/// <summary>
/// Every interval begun takes <paramref name="DeductPercent"/> of the points possible, but never brings a score below
/// <paramref name="MinimumPercent"/> of them; a score already below that is left alone.
/// </summary>
internal sealed record LatePolicy(decimal DeductPercent, TimeSpan Interval, decimal MinimumPercent = 0, TimeSpan Grace = default)
{
    internal decimal Deduction(decimal entered, decimal pointsPossible, GradingType type, TimeSpan lateBy)
    {
        if (!Reduces(type) || pointsPossible <= 0) return 0;
        var byIntervals = Intervals(lateBy) * (DeductPercent * pointsPossible / 100);
        var aboveMinimum = entered - MinimumPercent * pointsPossible / 100;
        return Math.Max(0, Math.Min(byIntervals, aboveMinimum));
    }

    internal long Intervals(TimeSpan lateBy)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Interval, TimeSpan.Zero);
        var late = (lateBy - Grace).Ticks;
        return late <= 0 ? 0 : (late - 1) / Interval.Ticks + 1;
    }

    internal static bool Reduces(GradingType type) => type is GradingType.Points or GradingType.Percent or GradingType.Letter;
}
