namespace Lectern.Grading.Calculation;

using static Derivation;
using Kind = DerivationKind;
using Op = DerivationOperation;
using Reason = DerivationReason;
using Unit = DerivationUnit;

/// <summary>How the groups of a course or period make its percent.</summary>
internal sealed class ScopeDerivation(GradingPolicy policy, ScopeFold fold)
{
    /// <summary>The unrounded percent; absent, with the groups beside it, when nothing counts.</summary>
    internal DerivationNode Percent() => fold switch
    {
        { Percent: null } => new DerivationNode(Kind.Percent, Unit.Percent, Op.Absent, null, [.. fold.Groups.Select(Excluded)])
            .Because(Reason.NoGrade),
        { Weighting: Weighting.Points } => ByPoints(),
        _ => ByWeight(),
    };

    internal DerivationNode GroupTotal(GroupFold group) =>
        CourseDerivation.Rounded(Kind.GroupTotal, GroupPercent(group), group.Percent, policy.Scheme)
            with { SubjectId = group.Group.GroupId };

    private DerivationNode GroupPercent(GroupFold group) => group.Share is null
        ? new DerivationNode(Kind.Percent, Unit.Percent, Op.Absent, null, [Excluded(group)]).Because(Reason.NoPoints)
        : Of(Kind.Percent, Unit.Percent, Op.PercentOfWhole, ScoreOf(group), PossibleOf(group));

    private DerivationNode ByPoints() => Of(
        Kind.Percent, Unit.Percent, Op.PercentOfWhole,
        Of(Kind.TotalScore, Unit.Points, Op.Sum, [.. fold.Groups.Select(ScoreOf)]),
        Of(Kind.TotalPossible, Unit.Points, Op.Sum, [.. fold.Groups.Select(PossibleInTotal)]));

    private DerivationNode ByWeight()
    {
        var normal = Weighted.Percent(
            [.. fold.Groups.Where(group => !group.Group.ExtraCredit).Select(WeightedShare)],
            [.. fold.Groups.Where(group => !group.Group.ExtraCredit && group.Share is not null).Select(WeightOf)],
            fold.Weighted);
        var extra = fold.Groups.Where(group => group.Group.ExtraCredit).Select(WeightedShare).ToArray();
        return extra.Length == 0 ? normal : Of(Kind.WeightedTotal, Unit.Percent, Op.Sum, [normal, .. extra]);
    }

    private DerivationNode WeightedShare(GroupFold group)
    {
        if (group.Share is null) return Excluded(group);
        var share = Of(Kind.ShareOfPoints, Unit.Share, Op.Quotient, ScoreOf(group), PossibleOf(group));
        var node = Of(Kind.GroupShare, Unit.Percent, Op.Product, WeightOf(group), share) with { SubjectId = group.Group.GroupId };
        return group.Group.ExtraCredit ? node.Because(Reason.ExtraCredit) : node;
    }

    private DerivationNode Excluded(GroupFold group) => group.Share is null
        ? ScoreOf(group).Because(Reason.NoPoints).Aside()
        : ScoreOf(group).Aside();

    private static DerivationNode WeightOf(GroupFold group) =>
        Given(Kind.Weight, Unit.Percent, group.Group.WeightPercent) with { SubjectId = group.Group.GroupId };

    private DerivationNode ScoreOf(GroupFold group)
    {
        var scores = group.Takes.Select(take => ItemDerivation.ScoreOf(take, policy, group.Group)).ToList();
        if (BeforeDrops(group) is { } before) scores.Add(before);
        var node = Of(Kind.GroupScore, Unit.Points, Op.Sum, scores) with { SubjectId = group.Group.GroupId };
        return node.Because([.. AdjustedDrops(group)]);
    }

    private static DerivationNode PossibleOf(GroupFold group) =>
        Of(Kind.GroupPossible, Unit.Points, Op.Sum, [.. group.Takes.Where(take => take.Counts).Select(ItemDerivation.PossibleOf)])
            with { SubjectId = group.Group.GroupId };

    private static DerivationNode PossibleInTotal(GroupFold group) => group.Group.ExtraCredit
        ? PossibleOf(group).Because(Reason.ExtraCredit).Aside()
        : PossibleOf(group);

    // Shown beside the kept scores: what the group would be had nothing been dropped.
    private static DerivationNode? BeforeDrops(GroupFold group)
    {
        if (!group.Takes.Any(IsDropped)) return null;
        var all = group.Takes.Where(take => take.Counts || IsDropped(take)).ToArray();
        var possible = all.Sum(take => take.Possible);
        if (possible <= 0) return null;
        return Of(
            Kind.GroupBeforeDrops, Unit.Percent, Op.PercentOfWhole,
            Given(Kind.GroupScore, Unit.Points, all.Sum(take => take.Score)), Given(Kind.GroupPossible, Unit.Points, possible)).Aside();
    }

    private static IEnumerable<Reason> AdjustedDrops(GroupFold group)
    {
        var droppable = group.Takes.Count(take => IsDropped(take) || DropRule.MayDrop(group.Group, take));
        var (lowest, highest) = DropRule.Fitting(group.Group, droppable);
        if (lowest < group.Group.DropLowest) yield return Reason.DropLowestReduced;
        if (highest < group.Group.DropHighest) yield return Reason.DropHighestIgnored;
    }

    private static bool IsDropped(ItemTake take) => take.Inclusion is Inclusion.DroppedLowest or Inclusion.DroppedHighest;
}

/// <summary>How weighted parts make a percent, for groups and for periods alike.</summary>
internal static class Weighted
{
    internal static DerivationNode Percent(
        IReadOnlyList<DerivationNode> parts, IReadOnlyList<DerivationNode> weights, WeightedSum sum)
    {
        var total = Of(Kind.WeightedSum, Unit.Percent, Op.Sum, parts);
        if (sum.Weights == WeightedSum.Whole) return total;
        if (!sum.IsScaledUp) return total.Because(Reason.WeightsNotHundred);
        var weight = Of(Kind.WeightSum, Unit.Percent, Op.Sum, weights);
        return Of(Kind.WeightedTotal, Unit.Percent, Op.PercentOfWhole, total, weight).Because(Reason.WeightsRenormalised);
    }
}
