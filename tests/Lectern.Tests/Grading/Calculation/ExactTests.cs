using Lectern.Grading.Calculation;

namespace Lectern.Tests.Grading.Calculation;

public class ExactTests
{
    [Theory]
    [InlineData("79.135", "79.14")]
    [InlineData("79.1349999999999999999999999", "79.13")]
    [InlineData("0.005", "0.01")]
    [InlineData("-0.005", "-0.01")]
    [InlineData("-1.234", "-1.23")]
    public void Halves_round_away_from_zero(string value, string rounded) =>
        Assert.Equal(Parse(rounded), ((Exact)Parse(value)).Round(2));

    [Fact]
    public void Thirds_add_up()
    {
        Exact third = (Exact)1m / 3m;

        Assert.Equal(1m, (third + third + third).ToDecimal());
        Assert.Equal(0.33333333333333333333m, third.ToDecimal());
    }

    [Fact]
    public void Trailing_zeros_are_not_shown() => Assert.Equal("50", ((Exact)100m / 2m).ToString());

    [Fact]
    public void Large_values_keep_as_many_places_as_fit() =>
        Assert.Equal(Parse("333333333333333333333333.33333"), ((Exact)1_000_000_000_000_000_000_000_000m / 3m).ToDecimal());

    [Fact]
    public void Equal_fractions_are_equal_however_they_came_about()
    {
        Assert.True((Exact)2m / 6m == (Exact)1m / 3m);
        Assert.True((Exact)1m / -3m < 0m);
        Assert.Equal(default, (Exact)0m);
        Assert.Throws<DivideByZeroException>(() => (Exact)1m / 0m);
    }

    [Theory]
    [InlineData("2", "2")]
    [InlineData("2.0001", "3")]
    [InlineData("-0.5", "0")]
    public void Ceiling_is_the_next_whole_number(string value, string ceiling) =>
        Assert.Equal(Parse(ceiling), ((Exact)Parse(value)).Ceiling().ToDecimal());

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
