using System.Numerics;

namespace Lectern.Grading.Calculation;

/// <summary>Marks the items a group's drop rules leave out.</summary>
internal static class DropRule
{
    // Below this the products of two sums fit an Int128 with room to spare.
    private const decimal LargestScaledSum = 4_000_000_000_000_000_000m;
    private const int LargestFastScale = 12;

    /// <summary>
    /// At least one droppable item is always kept: too large a drop-lowest keeps just one, and a drop-highest that would then leave
    /// nothing is ignored.
    /// </summary>
    internal static (int Lowest, int Highest) Fitting(GradeGroup group, int droppable)
    {
        if (droppable == 0) return (0, 0);
        var lowest = Math.Clamp(group.DropLowest, 0, droppable - 1);
        var highest = Math.Max(group.DropHighest, 0);
        return (lowest, highest >= droppable - lowest ? 0 : highest);
    }

    internal static bool MayDrop(GradeGroup group, ItemTake take) =>
        take.Counts && !take.Assignment.ExtraCredit && !group.NeverDrop.Contains(take.Assignment.AssignmentId);

    internal static void Apply(GradeGroup group, ItemTake[] takes)
    {
        if (group is { DropLowest: <= 0, DropHighest: <= 0 }) return;
        var droppable = Enumerable.Range(0, takes.Length).Where(index => MayDrop(group, takes[index])).ToArray();
        var (lowest, highest) = Fitting(group, droppable.Length);
        if (lowest + highest == 0) return;
        var scale = takes.Where(take => take.Counts).Max(take => Math.Max(take.Score.Scale, take.Possible.Scale));
        if (FitsFast(takes, scale)) Drop(takes, droppable, lowest, highest, value => ToInt128(value, scale));
        else Drop(takes, droppable, lowest, highest, value => Exact.Mantissa(value) * Exact.PowerOfTen(scale - value.Scale));
    }

    private static void Drop<T>(ItemTake[] takes, int[] droppable, int lowest, int highest, Func<decimal, T> convert) where T : INumber<T>
    {
        Array.Sort(droppable, (a, b) => takes[a].Assignment.AssignmentId.CompareTo(takes[b].Assignment.AssignmentId));
        var candidates = Array.ConvertAll(droppable, i => new DropCandidate<T>(i, convert(takes[i].Score), convert(takes[i].Possible)));
        var always = new DropCandidate<T>(-1, T.Zero, T.Zero);
        for (var i = 0; i < takes.Length; i++)
        {
            if (!takes[i].Counts || Array.IndexOf(droppable, i) >= 0) continue;
            always = new(-1, always.Score + convert(takes[i].Score), always.Possible + convert(takes[i].Possible));
        }
        var kept = Keep(takes, candidates, always, candidates.Length - lowest, largest: true);
        Keep(takes, kept, always, kept.Length - highest, largest: false);
    }

    private static DropCandidate<T>[] Keep<T>(
        ItemTake[] takes, DropCandidate<T>[] candidates, DropCandidate<T> always, int keep, bool largest) where T : INumber<T>
    {
        if (keep == candidates.Length) return candidates;
        var kept = DropOptimum.Keep(candidates, always, keep, largest);
        var reason = largest ? Inclusion.DroppedLowest : Inclusion.DroppedHighest;
        var next = 0;
        foreach (var candidate in candidates)
        {
            // The kept ones are in the order of the candidates.
            if (next < kept.Length && kept[next].Index == candidate.Index) next++;
            else takes[candidate.Index] = takes[candidate.Index] with { Inclusion = reason };
        }
        return kept;
    }

    private static bool FitsFast(ItemTake[] takes, int scale)
    {
        if (scale > LargestFastScale) return false;
        var sum = takes.Where(take => take.Counts).Sum(take => Math.Abs(take.Score) + take.Possible);
        return sum <= LargestScaledSum / PowerOfTen(scale);
    }

    private static Int128 ToInt128(decimal value, int scale) => (Int128)(value * PowerOfTen(scale));

    private static decimal PowerOfTen(int scale) => Powers[scale];

    private static readonly decimal[] Powers =
        [.. Enumerable.Range(0, LargestFastScale + 1).Select(scale => (decimal)Exact.PowerOfTen(scale))];
}
