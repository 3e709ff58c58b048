namespace Lectern.Grading.Calculation;

/// <summary>The groups of the whole course, or of one period, on one basis, made into a percent.</summary>
internal sealed class ScopeFold
{
    private ScopeFold(Weighting weighting, GroupFold[] groups)
    {
        Weighting = weighting;
        Groups = groups;
        Score = groups.Sum(group => group.Score);
        Possible = groups.Where(group => !group.Group.ExtraCredit).Sum(group => group.Possible);
        Weighted = weighting == Weighting.Percent ? WeightedSum.Of(Parts(groups)) : default;
        Percent = weighting switch
        {
            Weighting.Points => Possible > 0 ? (Exact)Score / Possible * WeightedSum.Whole : null,
            Weighting.Percent => Weighted.Percent + ExtraCredit(groups),
            _ => null,
        };
    }

    internal Weighting Weighting { get; }
    internal IReadOnlyList<GroupFold> Groups { get; }
    internal decimal Score { get; }
    internal decimal Possible { get; }

    /// <summary>The groups that are not extra credit, when groups have weights.</summary>
    internal WeightedSum Weighted { get; }

    internal Exact? Percent { get; }

    internal static ScopeFold Of(GradingPolicy policy, ILookup<long, ScoredItem> itemsByGroup, Basis basis) => new(
        policy.Weighting,
        [.. policy.Groups.Select(group => GroupFold.Of(group, itemsByGroup[group.GroupId], basis))]);

    private static IEnumerable<WeightedPart> Parts(GroupFold[] groups) =>
        groups.Where(group => !group.Group.ExtraCredit).Select(group => new WeightedPart(group.Group.WeightPercent, group.Share));

    // Extra credit is added after scaling, so that an ungraded group elsewhere does not inflate it.
    private static Exact ExtraCredit(GroupFold[] groups) => groups
        .Where(group => group.Group.ExtraCredit)
        .Aggregate((Exact)0m, (sum, group) => sum + group.Group.WeightPercent * (group.Share ?? 0m));
}
