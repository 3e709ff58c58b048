namespace Lectern.Grading.Calculation;

/// <summary>One group of one learner on one basis: what each item brings, after drops, and their sums.</summary>
internal sealed class GroupFold
{
    private GroupFold(GradeGroup group, ItemTake[] takes)
    {
        Group = group;
        Takes = takes;
        foreach (var take in takes)
        {
            if (!take.Counts) continue;
            Score += take.Score;
            Possible += take.Possible;
        }
    }

    internal GradeGroup Group { get; }
    internal IReadOnlyList<ItemTake> Takes { get; }
    internal decimal Score { get; }
    internal decimal Possible { get; }

    /// <summary>Earned of possible as a fraction; null when nothing that counts has points.</summary>
    internal Exact? Share => Possible > 0 ? (Exact)Score / Possible : null;

    internal Exact? Percent => Share * WeightedSum.Whole;

    internal static GroupFold Of(GradeGroup group, IEnumerable<ScoredItem> items, Basis basis)
    {
        var takes = items.Select(item => ItemTake.Of(item, basis)).ToArray();
        DropRule.Apply(group, takes);
        return new(group, takes);
    }
}
