namespace Lectern.Grading.Calculation;

/// <summary>
/// One version of the arithmetic. A course pins the version its grades were made with; a change of any number is a new version, and the
/// old one stays as it was.
/// </summary>
internal abstract class GradeCalculator
{
    internal const int CurrentVersion = 3;

    /// <summary>
    /// What a new course begins with: the newest version that the release before this one knew too. While an upgrade rolls through a
    /// cluster, nodes of both serve the same courses. A version comes here one release after it was published.
    /// </summary>
    internal const int ForNewCourses = 1;

    /// <summary>The first version that heeds late passes and exemptions.</summary>
    internal const int KnowsAllowances = 2;

    /// <summary>The first version that heeds more than one scored attempt.</summary>
    internal const int KnowsAttempts = 3;

    private static readonly GradeCalculator[] All = [new FirstGradeCalculator(), new SecondGradeCalculator(), new ThirdGradeCalculator()];

    internal abstract int Version { get; }

    internal static IReadOnlyList<int> Versions { get; } = [.. All.Select(calculator => calculator.Version)];

    internal static GradeCalculator For(int version) => All.FirstOrDefault(calculator => calculator.Version == version)
        ?? throw new ArgumentOutOfRangeException(nameof(version), version, "There is no such version of the grade calculator.");

    /// <summary>Only what this version knows of; the rest is as if it had not been said.</summary>
    private protected abstract CourseGradingInput Known(CourseGradingInput input);

    /// <summary>The numbers alone, for writing grades and refolding courses.</summary>
    internal CourseTotals Totals(CourseGradingInput input) => CourseFold.Of(Known(input)).ToTotals(Version);

    /// <summary>The same numbers and how each came about, for a page that explains them.</summary>
    internal CourseGrade Calculate(CourseGradingInput input) => Explained(CourseFold.Of(Known(input)));

    private protected static CourseGradingInput WithoutAttempts(CourseGradingInput input) =>
        !input.Items.Any(item => item.Attempts.Count > 0)
            ? input
            : input with { Items = [.. input.Items.Select(item => item with { Attempts = [] })] };

    private CourseGrade Explained(CourseFold fold) => new(
        fold.ToTotals(Version), ItemGrade.Of(fold),
        CourseDerivation.Of(fold), CourseDerivation.GroupsOf(fold), CourseDerivation.PeriodsOf(fold));
}

/// <summary>Knows nothing of late passes, nor of people who are exempt from the late policy.</summary>
internal sealed class FirstGradeCalculator : GradeCalculator
{
    internal override int Version => 1;

    private protected override CourseGradingInput Known(CourseGradingInput input)
    {
        var known = WithoutAttempts(input);
        return !known.Items.Any(IsAllowedMore) ? known : known with
        {
            Items = [.. known.Items.Select(item => item with { LateExempt = false, LatePassTime = TimeSpan.Zero })],
        };
    }

    private static bool IsAllowedMore(GradeItem item) => item.LateExempt || item.LatePassTime != TimeSpan.Zero;
}

/// <summary>
/// Takes late passes and exemptions from the late policy into account. Where there are none it gives what the first one gives, so a course
/// is carried over by the first of them, and no other total changes by it.
/// </summary>
internal sealed class SecondGradeCalculator : GradeCalculator
{
    internal override int Version => KnowsAllowances;

    private protected override CourseGradingInput Known(CourseGradingInput input) => WithoutAttempts(input);
}

/// <summary>
/// Keeps the highest of several attempts, or their average, where an assignment says so. For all else it gives what the second one gives.
/// </summary>
internal sealed class ThirdGradeCalculator : GradeCalculator
{
    internal override int Version => KnowsAttempts;

    private protected override CourseGradingInput Known(CourseGradingInput input) => input;
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
