namespace Lectern.Grading.Calculation;

using static Derivation;
using Kind = DerivationKind;
using Op = DerivationOperation;
using Reason = DerivationReason;
using Unit = DerivationUnit;

/// <summary>How one item's score came about.</summary>
internal static class ItemDerivation
{
    internal static DerivationNode ScoreOf(ItemTake take, GradingPolicy policy, GradeGroup group)
    {
        var node = take.Inclusion switch
        {
            Inclusion.UngradedCountedAsZero => Zero(Kind.ItemScore).Because(Reason.UngradedCountedAsZero),
            Inclusion.NotPostedCountedAsZero => Zero(Kind.ItemScore).Because(Reason.NotPostedCountedAsZero),
            _ => Worked(take.Scored, policy),
        };
        return Explained(node with { SubjectId = take.Assignment.AssignmentId, Counts = take.Counts }, take, group);
    }

    internal static DerivationNode PossibleOf(ItemTake take)
    {
        var node = Given(Kind.ItemPossible, Unit.Points, take.Possible) with { SubjectId = take.Assignment.AssignmentId };
        return take.Assignment.ExtraCredit ? node.Because(Reason.ExtraCredit) : node;
    }

    // By attempt where several have a say, each with its own lateness.
    private static DerivationNode Attempts(ScoredItem scored, GradingPolicy policy)
    {
        var each = scored.Item.Attempts.Select(attempt => Attempt(scored.Item.On(attempt), attempt.Attempt, policy)).ToArray();
        if (scored.Item.Assignment.Kept is AttemptsKept.Highest)
            return Of(Kind.ItemScore, Unit.Points, Op.Greatest, each).Because(Reason.HighestAttemptKept);
        var mean = Of(
            Kind.AttemptMean, Unit.Points, Op.Quotient,
            Of(Kind.AttemptSum, Unit.Points, Op.Sum, each), Given(Kind.AttemptCount, Unit.Count, each.Length));
        return Of(Kind.ItemScore, Unit.Points, Op.RoundToScore, mean).Because(Reason.AttemptsAveraged);
    }

    private static DerivationNode Attempt(GradeItem item, int number, GradingPolicy policy) =>
        Worked(new(item, WorkScore.Of(item, policy), Hidden: false), policy) with { Kind = Kind.AttemptScore, SubjectId = number };

    private static DerivationNode Worked(ScoredItem scored, GradingPolicy policy) => scored.Work switch
    {
        { Score: not null, Origin: ScoreOrigin.Entered } when WorkScore.Keeps(scored.Item) => Attempts(scored, policy),
        { Score: null } => new(Kind.ItemScore, Unit.Points, Op.Absent, null, []),
        { Origin: ScoreOrigin.MissingPolicy } => Missing(scored.Item.Assignment, policy.Missing!),
        { Deducted: > 0 } => Late(scored, policy.Late!),
        { Score: { } score } when IsCovered(scored, policy) => Of(
            Kind.ItemScore, Unit.Points, Op.Same, Given(Kind.EnteredScore, Unit.Points, score), Pass(scored.Item).Aside())
            .Because(Reason.LatePassUsed),
        { Score: { } score } => Given(Kind.ItemScore, Unit.Points, score),
    };

    // Late by the dates alone, so that without the pass something would have been taken off.
    private static bool IsCovered(ScoredItem scored, GradingPolicy policy) =>
        policy.Late is { } late && scored.Item is { LateExempt: false, ScoreIsAutomatic: false }
        && LatePolicy.Reduces(scored.Item.Assignment.GradingType)
        && Lateness.PassTime(scored.Item) > TimeSpan.Zero && Lateness.LateBy(scored.Item with { LatePassTime = default }) > late.Grace;

    private static DerivationNode Pass(GradeItem item) => Seconds(Kind.LatePassTime, item.LatePassTime);

    private static DerivationNode Late(ScoredItem scored, LatePolicy policy)
    {
        var entered = Given(Kind.EnteredScore, Unit.Points, scored.Work.Entered ?? 0);
        var possible = Given(Kind.PointsPossible, Unit.Points, scored.Item.Assignment.Points);
        var byIntervals = ByIntervals(scored.Item, policy, possible);
        var aboveMinimum = Of(Kind.LateAboveMinimum, Unit.Points, Op.Difference, entered, Minimum(policy, possible));
        var limit = Of(Kind.LateLimit, Unit.Points, Op.Least, byIntervals, aboveMinimum);
        if (aboveMinimum.Value < byIntervals.Value) limit = limit.Because(Reason.LateMinimumReached);
        var deduction = Of(Kind.LateDeduction, Unit.Points, Op.Greatest, Zero(Kind.Zero), limit);
        return Of(Kind.ItemScore, Unit.Points, Op.Difference, entered, deduction).Because(Reason.LatePenalty);
    }

    private static DerivationNode ByIntervals(GradeItem item, LatePolicy policy, DerivationNode possible)
    {
        var begun = Of(
            Kind.LateIntervals, Unit.Count, Op.Quotient, LateTime(item, policy), Seconds(Kind.LateInterval, policy.Interval));
        var perInterval = Of(Kind.LatePerInterval, Unit.Points, Op.PercentOf, Percent(Kind.DeductPercent, policy.DeductPercent), possible);
        return Of(
            Kind.LateByIntervals, Unit.Points, Op.Product, Of(Kind.LateIntervals, Unit.Count, Op.RoundUpToWhole, begun), perInterval);
    }

    private static DerivationNode LateTime(GradeItem item, LatePolicy policy)
    {
        var pass = Lateness.PassTime(item);
        var counted = Lateness.LateBy(item) - policy.Grace;
        if (pass == TimeSpan.Zero) return Seconds(Kind.LateTime, counted);
        return Of(Kind.LateTime, Unit.Seconds, Op.Difference, Seconds(Kind.LateTime, counted + pass), Pass(item))
            .Because(Reason.LatePassUsed);
    }

    private static DerivationNode Minimum(LatePolicy policy, DerivationNode possible) =>
        Of(Kind.LateMinimum, Unit.Points, Op.PercentOf, Percent(Kind.MinimumPercent, policy.MinimumPercent), possible);

    private static DerivationNode Missing(GradedAssignment assignment, MissingPolicy policy)
    {
        var possible = Given(Kind.PointsPossible, Unit.Points, assignment.Points);
        var percent = Percent(Kind.DeductPercent, policy.PercentFor(assignment.GradingType));
        var deduction = Of(Kind.MissingDeduction, Unit.Points, Op.PercentOf, percent, possible);
        return Of(Kind.ItemScore, Unit.Points, Op.Difference, possible, deduction).Because(Reason.MissingPolicy);
    }

    private static DerivationNode Explained(DerivationNode node, ItemTake take, GradeGroup group)
    {
        var item = take.Scored.Item;
        if (!take.Counts) node = node.Because(Because(take.Inclusion));
        if (take.Assignment.ExtraCredit) node = node.Because(Reason.ExtraCredit);
        if (take.Counts && group.NeverDrop.Contains(take.Assignment.AssignmentId)) node = node.Because(Reason.NeverDropped);
        if (!take.Scored.Hidden && item.LateExempt && Lateness.IsLate(item)) node = node.Because(Reason.LateExempt);
        if (take.Scored.Hidden || !item.ScoreIsAutomatic) return node;
        return node.Because(item.SubmittedAt is null ? Reason.AutomaticScore : Reason.AutomaticScoreReplaced);
    }

    private static Reason Because(Inclusion inclusion) => inclusion switch
    {
        Inclusion.Ungraded => Reason.Ungraded,
        Inclusion.NotPosted => Reason.NotPosted,
        Inclusion.PendingReview => Reason.PendingReview,
        Inclusion.Excused => Reason.Excused,
        Inclusion.OmittedFromFinal => Reason.OmittedFromFinal,
        Inclusion.Unpublished => Reason.Unpublished,
        Inclusion.NotAssigned => Reason.NotAssigned,
        Inclusion.NotGraded => Reason.NotGraded,
        Inclusion.DroppedLowest => Reason.DroppedLowest,
        Inclusion.DroppedHighest => Reason.DroppedHighest,
        _ => throw new ArgumentOutOfRangeException(nameof(inclusion), inclusion, "Counted work needs no excuse."),
    };

    private static DerivationNode Zero(Kind kind) => Given(kind, Unit.Points, 0);

    private static DerivationNode Percent(Kind kind, decimal percent) => Given(kind, Unit.Percent, percent);

    private static DerivationNode Seconds(Kind kind, TimeSpan time) =>
        Given(kind, Unit.Seconds, (decimal)time.Ticks / TimeSpan.TicksPerSecond);
}
