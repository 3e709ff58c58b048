using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;

namespace Lectern.Grading.GradePoints;

using static Derivation;
using Kind = DerivationKind;
using Op = DerivationOperation;
using Reason = DerivationReason;
using Unit = DerivationUnit;

/// <summary>Grade points of courses, weighted by their credits. Pure: the same courses give the same average and the same tree.</summary>
internal static class GradePointCalculator
{
    /// <param name="courses">In the order they are shown.</param>
    /// <param name="replaced">Those that another attempt stands for.</param>
    public static GradePointAverage Of(IReadOnlyCollection<CompletedCourse> courses, IReadOnlySet<CourseId> replaced)
    {
        Reason? LeftOut(CompletedCourse course) =>
            course.LeftOut ?? (replaced.Contains(course.CourseId) ? Reason.Repeated : null);

        var counted = courses.Where(course => LeftOut(course) is null).ToList();
        var aside = courses.Where(course => LeftOut(course) is not null)
            .Select(course => Excluded(course).Because(LeftOut(course)!.Value).Aside()).ToList();
        if (counted.Count == 0)
            return new(null, 0, 0, new DerivationNode(Kind.GradePointAverage, Unit.Points, Op.Absent, null, aside).Because(Reason.NoGrade));
        var points = Derivation.Of(Kind.GradePointSum, Unit.Points, Op.Sum, [.. counted.Select(Earned), .. aside]);
        var credits = Derivation.Of(Kind.CreditSum, Unit.Count, Op.Sum, [.. counted.Select(CreditsOf)]);
        var mean = Derivation.Of(Kind.GradePointMean, Unit.Points, Op.Quotient, points, credits);
        var average = Derivation.Of(Kind.GradePointAverage, Unit.Points, Op.Round, mean).Because(Reason.RoundedHalfUp);
        return new(average.Value, credits.Value!.Value, points.Value!.Value, average);
    }

    /// <summary>Attempts that another one stands for, among those that count; given from the earliest to the latest.</summary>
    public static IReadOnlySet<CourseId> Replaced(IEnumerable<CompletedCourse> courses, RepeatRule rule) => rule is RepeatRule.All
        ? new HashSet<CourseId>()
        : courses.Where(course => course.LeftOut is null)
            .GroupBy(course => course.Code.Trim(), StringComparer.OrdinalIgnoreCase)
            .SelectMany(attempts => attempts.Reverse()
                .OrderByDescending(course => rule is RepeatRule.Best ? course.GradePoints : 0).Skip(1))
            .Select(course => course.CourseId).ToHashSet();

    private static DerivationNode Earned(CompletedCourse course) => Assumed(course, Derivation.Of(
        Kind.CourseGradePoints, Unit.Points, Op.Product,
        Given(Kind.GradePoints, Unit.Points, course.GradePoints!.Value) with { Letter = course.Letter }, CreditsOf(course))
            with { SubjectId = course.CourseId.Value });

    private static DerivationNode Assumed(CompletedCourse course, DerivationNode node) =>
        course.Assumed ? node.Because(Reason.LetterAssumed) : node;

    private static DerivationNode Excluded(CompletedCourse course) =>
        new(Kind.CourseGradePoints, Unit.Points, Op.Absent, null, []) { SubjectId = course.CourseId.Value };

    private static DerivationNode CreditsOf(CompletedCourse course) =>
        Given(Kind.Credits, Unit.Count, course.Credits!.Value) with { SubjectId = course.CourseId.Value };
}

/// <summary>An average with all that it follows from.</summary>
/// <param name="Average">Rounded once, half up, to two decimals; null where nothing counts.</param>
/// <param name="Credits">Of the courses that count.</param>
internal sealed record GradePointAverage(decimal? Average, decimal Credits, decimal GradePoints, DerivationNode Derivation);
