using FsCheck;
using FsCheck.Fluent;
using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Grading.GradePoints;

namespace Lectern.Tests.Grading.GradePoints;

public sealed class GradePointCalculatorTests
{
    private static readonly LetterWorth[] Letters =
        [new("A", 4), new("A-", 3.7m), new("B+", 3.3m), new("B", 3), new("C", 2), new("F", 0)];

    [Fact]
    public void Points_are_weighted_by_credits_and_rounded_once_half_up()
    {
        // (4 × 3 + 3.7 × 3 + 3.3 × 2) ÷ 8 = 3.7125; (3 + 3.01) ÷ 2 = 3.005, of which rounding half to even would make 3.00.
        Assert.Equal(3.71m, Average([Of(1, "A", 3), Of(2, "A-", 3), Of(3, "B+", 2)]).Average);
        Assert.Equal(3.01m, Average([Of(1, "B", 1), Of(2, "x", 1) with { Letters = [new("x", 3.01m)] }]).Average);
        Assert.Equal(0m, Average([Of(1, "F", 3)]).Average);
        var sum = Average([Of(1, "A", 3), Of(2, "A-", 3), Of(3, "B+", 2)]);
        Assert.Equal((8m, 29.7m), (sum.Credits, sum.GradePoints));
    }

    [Fact]
    public void What_is_no_grade_point_is_left_out_and_says_why()
    {
        var courses = new[]
        {
            Of(1, "A", 3), Of(2, "A", null), Of(3, "A", 0), Of(4, "P", 3) with { Letters = [] }, Of(5, "B", 3) with { IsFinal = false },
            Of(6, "F", 3) with { StatusCode = "incomplete" }, Of(7, null, 3), Of(8, "B", 3) with { StatusCode = "honours" },
        };

        var average = Average(courses);

        Assert.Equal((3.5m, 6m), (average.Average, average.Credits));
        Assert.Equal(
            [
                null, DerivationReason.NoCredits, DerivationReason.NoCredits, DerivationReason.NoGradePoints,
                DerivationReason.CourseInProgress, DerivationReason.StatusKeepsOut, DerivationReason.NoGrade, null,
            ], courses.Select(course => course.LeftOut));
        var aside = Nodes(average.Derivation).Where(node => !node.Counts).ToDictionary(node => node.SubjectId!.Value, node => node.Reasons);
        Assert.Equal([2, 3, 4, 5, 6, 7], aside.Keys.Order());
        Assert.Equal([DerivationReason.StatusKeepsOut], aside[6]);
    }

    [Fact]
    public void Of_repeats_the_latest_or_the_best_counts_as_the_institution_says()
    {
        var courses = new[] { Of(1, "B", 3, "MATH-1"), Of(2, "C", 3, "math-1 "), Of(3, "A", 3) };

        Assert.Equal([1], Replaced(courses, RepeatRule.Latest));
        Assert.Equal([2], Replaced(courses, RepeatRule.Best));
        Assert.Empty(Replaced(courses, RepeatRule.All));
        // Of two as good as each other the later one counts; one that is no grade yet replaces nothing.
        Assert.Equal([1], Replaced([Of(1, "B", 3, "X"), Of(2, "B", 3, "X")], RepeatRule.Best));
        Assert.Empty(Replaced([Of(1, "B", 3, "X"), Of(2, "A", 3, "X") with { IsFinal = false }], RepeatRule.Latest));
        Assert.Equal([1], Replaced([Of(1, "B", 3, "X"), (Of(2, null, 3, "X") with { IsFinal = false }).With("C")], RepeatRule.Latest));
        Assert.Equal(3m, GradePointCalculator.Of(courses, GradePointCalculator.Replaced(courses, RepeatRule.Latest)).Average);
    }

    [Fact]
    public void Nothing_that_counts_is_no_average()
    {
        Assert.Null(Average([]).Average);
        Assert.Equal((null, 0m), (Average([Of(1, "A", null)]).Average, Average([Of(1, "A", null)]).Credits));
    }

    /// <summary>The tree, worked out again from its leaves alone, is the number, and that is what a plain sum makes.</summary>
    [Fact]
    public void Every_tree_works_out_to_its_number()
    {
        var course =
            from id in Gen.Choose(1, 1_000_000)
            from letter in Gen.Elements(Letters.Select(one => one.Letter).Append(null).ToArray())
            from credits in Gen.OneOf(Gen.Constant((decimal?)null), Gen.Choose(0, 1_000).Select(cents => (decimal?)(cents / 100m)))
            from final in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
            select Of(id, letter, credits, $"C{id % 7}") with { IsFinal = final };
        foreach (var courses in Gen.ArrayOf(course).Sample(500, 12).Select(some => some.DistinctBy(one => one.CourseId).ToArray()))
        {
            var replaced = GradePointCalculator.Replaced(courses, RepeatRule.Best);
            var average = GradePointCalculator.Of(courses, replaced);

            var counted = courses.Where(one => one.LeftOut is null && !replaced.Contains(one.CourseId)).ToList();
            Assert.Equal(counted.Count, counted.Select(one => one.Code).Distinct().Count());
            decimal? expected = counted.Count == 0 ? null : decimal.Round(
                counted.Sum(one => one.GradePoints!.Value * one.Credits!.Value) / counted.Sum(one => one.Credits!.Value), 2,
                MidpointRounding.AwayFromZero);
            Assert.Equal(expected, average.Average);
            Assert.Equal(expected, Derivation.Evaluate(average.Derivation));
        }
    }

    private static GradePointAverage Average(IReadOnlyCollection<CompletedCourse> courses) =>
        GradePointCalculator.Of(courses, new HashSet<CourseId>());

    private static IEnumerable<long> Replaced(CompletedCourse[] courses, RepeatRule rule) =>
        GradePointCalculator.Replaced(courses, rule).Select(id => id.Value);

    private static CompletedCourse Of(long id, string? letter, decimal? credits, string? code = null) =>
        new(new CourseId(id), code ?? $"C{id}", credits, true, letter, Letters);

    private static IEnumerable<DerivationNode> Nodes(DerivationNode node) => node.Inputs.SelectMany(Nodes).Prepend(node);
}
