using Lectern.Grading.Calculation;
using static Lectern.Tests.Grading.Calculation.Samples;

namespace Lectern.Tests.Grading.Calculation;

public class LetterSchemeTests
{
    private static readonly LetterBand[] Bands = [new("C", 70), new("A", 90), new("B", 80)];

    [Theory]
    [InlineData(100, "A")]
    [InlineData(90, "A")]
    [InlineData(89.999, "B")]
    [InlineData(80, "B")]
    [InlineData(-3, "C")]
    public void A_letter_begins_exactly_at_its_bound(decimal percent, string letter) =>
        Assert.Equal(letter, new LetterScheme(1, 1, Bands).BandOf(percent).Letter);

    [Fact]
    public void The_policy_says_whether_rounding_may_lift_a_letter()
    {
        var course = Course(Work(1, 89.996m, 100));

        Assert.Equal("B", Letter(course, LetterBasis.Unrounded));
        Assert.Equal("A", Letter(course, LetterBasis.Rounded));
    }

    [Theory]
    [InlineData("A", 100)]
    [InlineData("b ", 89)]
    public void A_typed_letter_stands_for_the_top_of_its_range(string letter, decimal percent) =>
        Assert.Equal(percent, new LetterScheme(1, 1, Bands).UpperBound(letter));

    [Fact]
    public void An_unknown_letter_stands_for_nothing()
    {
        Assert.Null(new LetterScheme(1, 1, Bands).UpperBound("Z"));
        Assert.Null(new LetterScheme(1, 1, Bands).LowerBound("Z"));
        Assert.Throws<ArgumentException>(() => new LetterScheme(1, 1, []));
    }

    private static string? Letter(CourseGradingInput course, LetterBasis basis) =>
        course.Ruled(policy => policy with { Scheme = new LetterScheme(1, 1, Bands, basis) }).Totals().Final.Letter;
}
