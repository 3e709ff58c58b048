using Lectern.Grading.Rubrics;

namespace Lectern.Tests.Grading.Rubrics;

public sealed class RubricTableTests
{
    [Fact]
    public void Points_stand_in_the_cells_or_once_in_the_first_line()
    {
        var own = RubricTable.Read("Clarity\tClear (5)\tIn part (2.5 pts)\tNot (0)\nSources\tMany (4)\tNone: 0 points");
        Assert.Empty(own.Problems);
        Assert.Equal(["Clarity", "Sources"], own.Criteria.Select(criterion => criterion.Description));
        Assert.Equal([5m, 2.5m, 0m], own.Criteria[0].Ratings.Select(rating => rating!.Points!.Value));
        Assert.Equal(["Clear", "In part", "Not"], own.Criteria[0].Ratings.Select(rating => rating!.Description!));
        Assert.Equal(5m, own.Criteria[0].Points);

        var above = RubricTable.Read(
            "Criterion,Excellent (4),Poor (0)\n\"Clarity, style\",\"Clear, and \"\"short\"\"\",Long\nSources,,None\n");
        Assert.Empty(above.Problems);
        Assert.Equal("Clarity, style", above.Criteria[0].Description);
        Assert.Equal("Excellent: Clear, and \"short\"", above.Criteria[0].Ratings[0]!.Description);
        Assert.Equal([0m], above.Criteria[1].Ratings.Select(rating => rating!.Points!.Value));
    }

    [Fact]
    public void Ranges_decimal_commas_and_semicolons_are_understood()
    {
        var read = RubricTable.Read("Stil;gut (3–4,5 Punkte);schwach (0-2)");
        Assert.Empty(read.Problems);
        Assert.True(read.Criteria[0].Ranges);
        Assert.Equal([4.5m, 2m], read.Criteria[0].Ratings.Select(rating => rating!.Points!.Value));
        Assert.Equal("gut", read.Criteria[0].Ratings[0]!.Description);
    }

    [Theory]
    [InlineData("Clarity\tClear\tNot (0)", 1, 2, "says no points")]
    [InlineData("Clarity\tClear (-3)", 1, 2, "less than 0")]
    [InlineData("Ok\tGood (1)\n\tGood (1)", 2, 1, "names the criterion")]
    [InlineData("Clarity", 1, null, "no ratings")]
    [InlineData("Clarity\tClear (999999999)", 1, null, "between 0 and 1000000")]
    [InlineData("\n\n", 1, null, "no criterion")]
    public void What_is_not_understood_is_said_by_line_and_column(string text, int line, int? column, string words)
    {
        var problem = RubricTable.Read(text).Problems[0];
        Assert.Equal((line, column), (problem.Line, problem.Column));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_longer_than_a_rubric_says_that_the_rest_was_left_out()
    {
        var read = RubricTable.Read(string.Join('\n', Enumerable.Range(1, 150).Select(n => $"Criterion {n}\tGood (1)")));
        Assert.Equal(100, read.Criteria.Count);
        Assert.Equal(101, Assert.Single(read.Problems).Line);
    }
}
