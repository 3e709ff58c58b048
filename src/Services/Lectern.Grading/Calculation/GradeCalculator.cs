namespace Lectern.Grading.Calculation;

/// <summary>
/// One version of the arithmetic. A course pins the version its grades were made with; a change of any number is a new version, and the
/// old one stays as it was.
/// </summary>
internal abstract class GradeCalculator
{
    internal const int CurrentVersion = 2;

    /// <summary>The first version that heeds late passes and exemptions.</summary>
    internal const int KnowsAllowances = 2;

    private static readonly GradeCalculator[] All = [new FirstGradeCalculator(), new SecondGradeCalculator()];

    internal abstract int Version { get; }

    internal static IReadOnlyList<int> Versions { get; } = [.. All.Select(calculator => calculator.Version)];

    internal static GradeCalculator For(int version) => All.FirstOrDefault(calculator => calculator.Version == version)
        ?? throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version of the grade calculator.");

    /// <summary>The numbers alone, for writing grades and refolding courses.</summary>
    internal abstract CourseTotals Totals(CourseGradingInput input);

    /// <summary>The same numbers and how each came about, for a page that explains them.</summary>
    internal abstract CourseGrade Calculate(CourseGradingInput input);

    private protected CourseGrade Explained(CourseFold fold) => new(
        fold.ToTotals(Version), ItemGrade.Of(fold),
        CourseDerivation.Of(fold), CourseDerivation.GroupsOf(fold), CourseDerivation.PeriodsOf(fold));
}

/// <summary>Knows nothing of late passes, nor of people who are exempt from the late policy.</summary>
internal sealed class FirstGradeCalculator : GradeCalculator
{
    internal override int Version => 1;

    internal override CourseTotals Totals(CourseGradingInput input) => CourseFold.Of(Known(input)).ToTotals(Version);

    internal override CourseGrade Calculate(CourseGradingInput input) => Explained(CourseFold.Of(Known(input)));

    private static CourseGradingInput Known(CourseGradingInput input) => !input.Items.Any(IsAllowedMore) ? input : input with
    {
        Items = [.. input.Items.Select(item => item with { LateExempt = false, LatePassTime = TimeSpan.Zero })],
    };

    private static bool IsAllowedMore(GradeItem item) => item.LateExempt || item.LatePassTime != TimeSpan.Zero;
}

/// <summary>
/// Takes late passes and exemptions from the late policy into account. Where there are none it gives what the first one gives, so a course
/// is carried over by the first of them, and no other total changes by it.
/// </summary>
internal sealed class SecondGradeCalculator : GradeCalculator
{
    internal override int Version => KnowsAllowances;

    internal override CourseTotals Totals(CourseGradingInput input) => CourseFold.Of(input).ToTotals(Version);

    internal override CourseGrade Calculate(CourseGradingInput input) => Explained(CourseFold.Of(input));
}

/// <summary>Totals with the items they are made of and the derivation of each.</summary>
/// <param name="Items">In the order of the input.</param>
/// <param name="Groups">One per group subtotal, in the order of the totals.</param>
/// <param name="Periods">One per period total.</param>
internal sealed record CourseGrade(
    CourseTotals Totals, IReadOnlyList<ItemGrade> Items, Derived Course, IReadOnlyList<Derived> Groups, IReadOnlyList<Derived> Periods);

/// <summary>How a current and a final number of the course, a group or a period came about.</summary>
/// <param name="SubjectId">The group or period; null for the course.</param>
internal sealed record Derived(long? SubjectId, DerivationNode Current, DerivationNode Final);
