namespace Lectern.Grading.Outcomes;

/// <summary>
/// Makes one score of a learner's results on an outcome. Pure. Scores are in points of the outcome's scale, the oldest first; the answer is
/// rounded half up to two decimals, and levels are asked of the rounded number.
/// <list type="bullet">
/// <item><b>Decaying average</b> with weight w, the recursive variant, in Canvas LMS (Instructure) "standard_decaying_average":
/// A(1) = s(1), A(n) = w·s(n) + (1 − w)·A(n − 1). It is exponential smoothing (R. G. Brown, 1956) that starts from the first result.</item>
/// <item><b>Weighted average</b> with weight w, in Canvas "decaying_average" of before 2024: w·s(n) + (1 − w)·mean of all earlier
/// ones.</item>
/// <item><b>n times mastery</b>: nothing until n results reach mastery, then the mean of those that do (Canvas "n_mastery").</item>
/// <item><b>Latest</b>, <b>highest</b> and <b>average</b> say what they are.</item>
/// </list>
/// </summary>
internal static class MasteryCalculator
{
    public const int Places = 2;

    public static Mastery Calculate(MasteryScale scale, MasteryMethod method, IReadOnlyList<decimal> scores)
    {
        if (scores.Count == 0) return new(null, null, false, [], method.IsCounted ? method.Parameter!.Value : 1);
        var shares = new decimal[scores.Count];
        decimal? exact = method.Kind switch
        {
            MasteryMethodKind.DecayingAverage => Decaying(scores, Weight(method), shares),
            MasteryMethodKind.WeightedAverage => Weighted(scores, Weight(method), shares),
            MasteryMethodKind.NMastery => Mean(scores, score => score >= scale.MasteryPoints, method.Parameter!.Value, shares),
            MasteryMethodKind.Latest => Only(scores, scores.Count - 1, shares),
            MasteryMethodKind.Highest => Only(scores, LastIndexOfMax(scores), shares),
            _ => Mean(scores, _ => true, 1, shares),
        };
        decimal? score = exact is { } number ? decimal.Round(number, Places, MidpointRounding.AwayFromZero) : null;
        var missing = exact is null ? method.Parameter!.Value - scores.Count(one => one >= scale.MasteryPoints) : 0;
        return new(score, scale.LevelOf(score), score >= scale.MasteryPoints, shares, missing);
    }

    /// <summary>
    /// What would bring a learner on: mastery, or after it the next level. Worked out by trying the next result, so that it is true of
    /// every method.
    /// </summary>
    public static NextStep? Next(MasteryScale scale, MasteryMethod method, IReadOnlyList<decimal> scores)
    {
        var now = Calculate(scale, method, scores);
        decimal? target = now.Mastered
            ? scale.Levels.Select(level => (decimal?)level.Points).FirstOrDefault(points => points > now.Score)
            : scale.MasteryPoints;
        if (target is not { } wanted) return null;
        var level = scale.Levels[scale.LevelOf(wanted)!.Value - 1].Name;
        return new(wanted, level, Needed(scale, method, scores, wanted), now.Missing);
    }

    // In hundredths, because that is what a score is rounded to.
    private static decimal? Needed(MasteryScale scale, MasteryMethod method, IReadOnlyList<decimal> scores, decimal wanted)
    {
        bool Reaches(long hundredths) => Calculate(scale, method, [.. scores, hundredths / 100m]).Score >= wanted;
        var (low, high) = (0L, (long)(scale.Top * 100));
        if (!Reaches(high)) return null;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Reaches(middle)) high = middle;
            else low = middle + 1;
        }

        return low / 100m;
    }

    private static decimal Weight(MasteryMethod method) => method.Parameter!.Value / 100m;

    private static decimal Decaying(IReadOnlyList<decimal> scores, decimal weight, decimal[] shares)
    {
        var average = scores[0];
        for (var i = 1; i < scores.Count; i++) average = (weight * scores[i]) + ((1 - weight) * average);
        var rest = 1m;
        for (var i = scores.Count - 1; i > 0; i--)
        {
            shares[i] = rest * weight;
            rest *= 1 - weight;
        }

        shares[0] = rest;
        return average;
    }

    private static decimal Weighted(IReadOnlyList<decimal> scores, decimal weight, decimal[] shares)
    {
        if (scores.Count == 1) return Only(scores, 0, shares);
        var earlier = scores.Count - 1;
        Array.Fill(shares, (1 - weight) / earlier, 0, earlier);
        shares[^1] = weight;
        return (weight * scores[^1]) + ((1 - weight) * scores.Take(earlier).Sum() / earlier);
    }

    private static decimal Only(IReadOnlyList<decimal> scores, int at, decimal[] shares)
    {
        shares[at] = 1;
        return scores[at];
    }

    private static int LastIndexOfMax(IReadOnlyList<decimal> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Count; i++) if (scores[i] >= scores[best]) best = i;
        return best;
    }

    private static decimal? Mean(IReadOnlyList<decimal> scores, Func<decimal, bool> counts, int needed, decimal[] shares)
    {
        var counted = scores.Count(counts);
        if (counted < needed) return null;
        for (var i = 0; i < scores.Count; i++) shares[i] = counts(scores[i]) ? 1m / counted : 0;
        return scores.Where(counts).Sum() / counted;
    }
}

/// <summary>Where a learner stands on an outcome.</summary>
/// <param name="Level">1 for the lowest; null while there is no score.</param>
/// <param name="Shares">How much of the score each result is, in the order of the results.</param>
/// <param name="Missing">How many more results it takes until there is a score.</param>
internal sealed record Mastery(decimal? Score, int? Level, bool Mastered, IReadOnlyList<decimal> Shares, int Missing);

/// <summary>What would bring a learner on.</summary>
/// <param name="Points">The score to reach.</param>
/// <param name="Needed">What the next result must be worth for that; null when one result cannot do it.</param>
/// <param name="Missing">How many more results it takes until there is a score.</param>
internal sealed record NextStep(decimal Points, string Level, decimal? Needed, int Missing);
