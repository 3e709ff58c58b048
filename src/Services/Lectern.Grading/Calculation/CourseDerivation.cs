namespace Lectern.Grading.Calculation;

using static Derivation;
using Kind = DerivationKind;
using Op = DerivationOperation;
using Reason = DerivationReason;
using Unit = DerivationUnit;

/// <summary>How the numbers of a course, its periods and its groups came about, read from the fold that made them.</summary>
internal static class CourseDerivation
{
    internal static Derived Of(CourseFold fold) => new(null, CourseTotal(fold, Basis.Current), CourseTotal(fold, Basis.Final));

    internal static IReadOnlyList<Derived> GroupsOf(CourseFold fold) => fold.Whole is not { } whole
        ? []
        : [.. whole.Current.Groups.Zip(whole.Final.Groups, (current, final) => new Derived(
            current.Group.GroupId,
            new ScopeDerivation(fold.Input.Policy, whole.Current).GroupTotal(current),
            new ScopeDerivation(fold.Input.Policy, whole.Final).GroupTotal(final)))];

    internal static IReadOnlyList<Derived> PeriodsOf(CourseFold fold) =>
        [.. fold.Periods.Select(period => new Derived(
            period.Period.PeriodId, PeriodTotal(fold, period, Basis.Current), PeriodTotal(fold, period, Basis.Final)))];

    /// <summary>The last step of every number: rounded once, with the letter the unrounded percent earns.</summary>
    internal static DerivationNode Rounded(Kind kind, DerivationNode percent, Exact? exact, LetterScheme? scheme)
    {
        if (exact is not { } known) return new(kind, Unit.Percent, Op.Absent, null, [percent.Aside()]);
        var node = Derivation.Of(kind, Unit.Percent, Op.Round, percent).Because(Reason.RoundedHalfUp);
        if (scheme?.BandOf(known) is not { } band) return node;
        var cut = Given(Kind.LetterCut, Unit.Percent, band.LowerPercent) with { Letter = band.Letter };
        return node with { Letter = band.Letter, Inputs = [.. node.Inputs, cut.Aside()] };
    }

    private static DerivationNode CourseTotal(CourseFold fold, Basis basis)
    {
        var scheme = fold.Input.Policy.Scheme;
        if (fold.Whole is { } whole) return Total(fold, whole, Kind.CourseTotal, basis);
        var computed = Rounded(Kind.CourseTotal, OfPeriods(fold, basis), fold.Combined(basis).Percent, scheme);
        return Overridden(computed, basis == Basis.Final ? fold.Input.Override : null, scheme);
    }

    private static DerivationNode PeriodTotal(CourseFold fold, PeriodFold period, Basis basis) =>
        Total(fold, period.Folds, Kind.PeriodTotal, basis) with { SubjectId = period.Period.PeriodId };

    private static DerivationNode Total(CourseFold fold, ScopeFolds folds, Kind kind, Basis basis)
    {
        var policy = fold.Input.Policy;
        var scope = folds.On(basis);
        var computed = Rounded(kind, new ScopeDerivation(policy, scope).Percent(), scope.Percent, policy.Scheme);
        return Overridden(computed, folds.OverrideOn(basis), policy.Scheme);
    }

    // Both are shown: what a person set, and beside it what the arithmetic says.
    private static DerivationNode Overridden(DerivationNode computed, GradeOverride? set, LetterScheme? scheme)
    {
        if (set is null) return computed;
        var percent = Derivation.Of(
            Kind.OverrideGrade, Unit.Percent, Op.Same, Given(Kind.OverridePercent, Unit.Percent, set.Percent), computed.Aside());
        var node = Rounded(computed.Kind, percent, set.Percent, scheme).Because(Reason.Overridden);
        return node with { Letter = set.Letter ?? node.Letter };
    }

    private static DerivationNode OfPeriods(CourseFold fold, Basis basis)
    {
        var parts = fold.Periods.Select(period => PeriodShare(fold, period, basis)).Concat(OutsidePeriods(fold, basis)).ToArray();
        var sum = fold.Combined(basis);
        if (sum.Percent is null) return Absent(parts);
        var counted = fold.Periods.Where(period => period.Grade(basis) is not null);
        return Weighted.Percent(parts, [.. counted.Select(WeightOf)], sum);
    }

    private static DerivationNode Absent(IEnumerable<DerivationNode> parts) =>
        new DerivationNode(Kind.Percent, Unit.Percent, Op.Absent, null, [.. parts.Select(part => part.Aside())]).Because(Reason.NoGrade);

    private static DerivationNode PeriodShare(CourseFold fold, PeriodFold period, Basis basis)
    {
        var grade = PeriodTotal(fold, period, basis);
        return grade.Value is null
            ? grade.Aside()
            : Derivation.Of(Kind.PeriodShare, Unit.Percent, Op.PercentOf, WeightOf(period), grade)
                with { SubjectId = period.Period.PeriodId };
    }

    private static DerivationNode WeightOf(PeriodFold period) =>
        Given(Kind.Weight, Unit.Percent, period.Period.WeightPercent) with { SubjectId = period.Period.PeriodId };

    private static IEnumerable<DerivationNode> OutsidePeriods(CourseFold fold, Basis basis)
    {
        var groups = fold.Input.Policy.Groups.ToDictionary(group => group.GroupId);
        return fold.Items
            .Where(item => fold.PeriodOf(item.Item) is null)
            .Select(item => ItemDerivation.ScoreOf(ItemTake.Of(item, basis), fold.Input.Policy, groups[item.Item.Assignment.GroupId]))
            .Select(node => node.Because(Reason.OutsidePeriods).Aside());
    }
}
