using FsCheck;
using FsCheck.Fluent;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Sheets;

namespace Lectern.Tests.Grading.Sheets;

public sealed class GradeScaleTests
{
    private static readonly LetterScheme Letters = new(
        1, 1, [new("A", 90), new("B+", 87), new("B−", 80), new("Sehr (gut)", 70), new("1.3", 60), new("F", 0)]);

    [Theory]
    [InlineData("letter", "b+", "17.8")]
    [InlineData("letter", "B-", "17.2")]
    [InlineData("gpa", "A", "20")]
    [InlineData("letter", "sehr (gut)", "15.8")]
    [InlineData("letter", "1.3", "1.3")]
    [InlineData("letter", "17.8 (B+)", "17.8")]
    [InlineData("letter", "17,8 (b+)", "17.8")]
    [InlineData("letter", "15 (Sehr (gut))", "15")]
    [InlineData("percent", "85%", "17")]
    [InlineData("percent", "85,5 %", "17.1")]
    [InlineData("points", "85 ٪", "17")]
    [InlineData("percent", "85", "85")]
    [InlineData("pass_fail", "Pass", "20")]
    [InlineData("pass_fail", "راسب", "0")]
    [InlineData("pass_fail", "7", "7")]
    public void What_is_typed_is_read_as_the_grid_reads_it(string type, string text, string score)
    {
        var said = Scale(type).Read(text);

        Assert.Null(said.Refusal);
        Assert.Equal(decimal.Parse(score, System.Globalization.CultureInfo.InvariantCulture), said.Score.Score);
    }

    [Theory]
    [InlineData("letter", "Q", "unknown_letter")]
    [InlineData("letter", "17.8 (A)", "grade_contradicts")]
    [InlineData("letter", "pass", "unknown_letter")]
    [InlineData("points", "A", "score_invalid")]
    [InlineData("points", "17 (A)", "grade_contradicts")]
    [InlineData("percent", "%", "score_invalid")]
    [InlineData("percent", "10000000000000000000000000000%", "score_invalid")]
    [InlineData("percent", "17 (90%)", "grade_contradicts")]
    [InlineData("pass_fail", "maybe", "score_invalid")]
    [InlineData("pass_fail", "20 (fail)", "grade_contradicts")]
    [InlineData("letter", "ten (A)", "unknown_letter")]
    [InlineData("letter", "(A)", "unknown_letter")]
    public void A_word_that_says_nothing_here_is_named_and_is_never_0(string type, string text, string code) =>
        Assert.Equal(code, Scale(type).Read(text).Refusal?.Code);

    [Fact]
    public void Without_letters_or_points_only_numbers_are_read()
    {
        Assert.Equal("unknown_letter", new GradeScale(AssignmentGrading.Letter, 20, null).Read("A").Refusal?.Code);
        Assert.Equal("score_invalid", new GradeScale(AssignmentGrading.Percent, 0, null).Read("85%").Refusal?.Code);
        Assert.Equal((3m, (string?)null), (Scale("letter", 0).Write(3).Number, Scale("letter", 0).Word(3)));
        Assert.True(Scale("letter").Read("ex").Score.Excused);
        Assert.True(Scale("pass_fail").Read("  ").Score.IsBlank);
    }

    /// <summary>Whatever the points and however fine the score, what was written is read as that score.</summary>
    [Fact]
    public void A_cell_nobody_touched_is_the_very_score()
    {
        var scores =
            from type in Gen.Elements("points", "percent", "pass_fail", "letter", "gpa")
            from points in Gen.OneOf(
                Gen.Choose(0, 200).Select(whole => (decimal)whole), Gen.Choose(1, 1_000_000).Select(fine => fine / 10_000m))
            from score in Gen.OneOf(
                Gen.Choose(0, 3_000_000).Select(fine => fine / 10_000m), Gen.Constant(points), Gen.Constant(0m))
            select (type, points, score);
        foreach (var (type, points, score) in scores.Sample(50, 5_000))
        {
            var cell = Scale(type, points).Write(score);
            var text = cell.Number is null ? cell.Text! : cell.NumberText;
            Assert.Equal((type, points, score), (type, points, Scale(type, points).Read(text).Score.Score));
        }
    }

    [Fact]
    public void A_percent_has_as_few_decimals_as_say_this_score_and_no_other()
    {
        Assert.Equal("17 (85%)", Scale("percent").Write(17).Text);
        Assert.Equal("1 (33.333%)", Scale("percent", 3).Write(1).Text);
        Assert.Equal("0.3333 (0.03333%)", Scale("percent", 1000).Write(0.3333m).Text);
    }

    private static GradeScale Scale(string type, decimal points = 20) =>
        new(Enum.Parse<AssignmentGrading>(type.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), points, Letters);
}
