namespace Lectern.Grading.Calculation;

/// <summary>One part of a weighted total; a null share (nothing to count) takes no part and its weight is not asked for.</summary>
internal readonly record struct WeightedPart(decimal WeightPercent, Exact? Share);

/// <summary>
/// A total of weighted shares, for groups and for periods alike: weights of the parts that count are scaled up to 100 when they add up to
/// less, and left alone when they add up to more.
/// </summary>
internal readonly record struct WeightedSum(Exact? Percent, decimal Weights)
{
    internal const decimal Whole = 100;

    internal bool IsScaledUp => Weights is > 0 and < Whole;

    internal static WeightedSum Of(IEnumerable<WeightedPart> parts)
    {
        var (sum, weights) = ((Exact)0m, 0m);
        foreach (var part in parts)
        {
            if (part.Share is not { } share) continue;
            sum += part.WeightPercent * share;
            weights += part.WeightPercent;
        }
        if (weights <= 0) return new(null, weights);
        return new(weights < Whole ? sum * Whole / weights : sum, weights);
    }
}
