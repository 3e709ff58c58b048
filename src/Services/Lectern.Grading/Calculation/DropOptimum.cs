using System.Numerics;

namespace Lectern.Grading.Calculation;

/// <summary>An item that may be dropped, in whole numbers of one common scale.</summary>
internal readonly record struct DropCandidate<T>(int Index, T Score, T Possible);

/// <summary>
/// Which items to keep so that score/possible of the kept ones, with those that always stay, is largest (or smallest).
/// </summary>
/// <remarks>
/// Kane and Kane, "Dropping Lowest Grades", Mathematics Magazine 79(3), 2006: for a ratio q the best k items are those with the largest
/// score − q × possible, and the best ratio is the q at which their sum is zero. They bisect for it. In whole numbers it is found
/// exactly by taking, as the next q, the ratio the items chosen for the last q reach (Dinkelbach): each step improves on the one before.
/// Dropping the lowest scores or the lowest percentages one by one is not the same and can be worse.
/// </remarks>
internal static class DropOptimum
{
    /// <param name="candidates">In tie order: of equally good choices the earlier items are kept.</param>
    internal static DropCandidate<T>[] Keep<T>(DropCandidate<T>[] candidates, DropCandidate<T> always, int keep, bool largest)
        where T : INumber<T>
    {
        var all = Sum(candidates, always);
        // Without points there is no ratio: the scores themselves decide.
        if (T.IsZero(all.Possible)) return Select(candidates, always, keep, largest, T.Zero, T.One);
        var (score, possible) = (all.Score, all.Possible);
        while (true)
        {
            var kept = Select(candidates, always, keep, largest, score, possible);
            var reached = Sum(kept, always);
            if (reached.Score * possible == score * reached.Possible) return kept;
            (score, possible) = (reached.Score, reached.Possible);
        }
    }

    private static DropCandidate<T>[] Select<T>(
        DropCandidate<T>[] candidates, DropCandidate<T> always, int keep, bool largest, T score, T possible) where T : INumber<T>
    {
        var rated = new T[candidates.Length];
        var order = new int[candidates.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            var worth = candidates[i].Score * possible - score * candidates[i].Possible;
            rated[i] = largest ? -worth : worth;
            order[i] = i;
        }
        Array.Sort(order, (a, b) => rated[a].CompareTo(rated[b]) is var byWorth and not 0 ? byWorth : a.CompareTo(b));
        KeepPoints(candidates, always, order, keep);
        Array.Sort(order, 0, keep);
        return [.. order.Take(keep).Select(i => candidates[i])];
    }

    // Dropping must not leave a group without points while it has some: a learner would lose the grade to a bonus item.
    private static void KeepPoints<T>(DropCandidate<T>[] candidates, DropCandidate<T> always, int[] order, int keep) where T : INumber<T>
    {
        if (!T.IsZero(always.Possible) || order.Take(keep).Any(i => !T.IsZero(candidates[i].Possible))) return;
        var pointed = Array.FindIndex(order, keep, i => !T.IsZero(candidates[i].Possible));
        if (pointed >= 0) order[keep - 1] = order[pointed];
    }

    private static DropCandidate<T> Sum<T>(DropCandidate<T>[] items, DropCandidate<T> always) where T : INumber<T>
    {
        var (score, possible) = (always.Score, always.Possible);
        foreach (var item in items) (score, possible) = (score + item.Score, possible + item.Possible);
        return new(-1, score, possible);
    }
}
