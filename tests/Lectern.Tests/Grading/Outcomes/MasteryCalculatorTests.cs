using System.Globalization;
using Lectern.Grading.Outcomes;

namespace Lectern.Tests.Grading.Outcomes;

public sealed class MasteryCalculatorTests
{
    private static readonly MasteryScale Scale = new(
        [new("None", 0), new("Below", 1), new("Near", 2), new("Mastery", 3), new("Exceeds", 5)], 3);

    // The first three lines of either average are those of Canvas LMS's own tests; the others were worked out by hand.
    [Theory]
    [InlineData("decaying_average", 65, "1 2 3 4 5", "4.47")]
    [InlineData("decaying_average", 65, "3", "3")]
    [InlineData("decaying_average", 65, "4 2", "2.70")]
    [InlineData("decaying_average", 50, "1 3 5", "3.50")]
    [InlineData("decaying_average", 99, "0 5", "4.95")]
    [InlineData("weighted_average", 65, "1 2 3 4 5", "4.13")]
    [InlineData("weighted_average", 75, "1 3 5", "4.25")]
    [InlineData("weighted_average", 65, "2", "2")]
    [InlineData("n_mastery", 3, "3 2 4 5", "4")]
    [InlineData("n_mastery", 3, "3 2 4", null)]
    [InlineData("n_mastery", 1, "2.99", null)]
    [InlineData("n_mastery", 2, "3 3", "3")]
    [InlineData("latest", null, "5 1", "1")]
    [InlineData("highest", null, "2 5 1", "5")]
    [InlineData("average", null, "1 2 2", "1.67")]
    [InlineData("average", null, "0.01 0.02", "0.02")]
    [InlineData("average", null, "", null)]
    public void Scores_are_what_the_published_formulas_give(string method, int? parameter, string scores, string? expected)
    {
        var kind = Enum.Parse<MasteryMethodKind>(method.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true);
        var stands = MasteryCalculator.Calculate(Scale, new(kind, parameter), Parse(scores));
        Assert.Equal(expected is null ? null : Number(expected), stands.Score);
    }

    [Theory]
    [InlineData("2.994", 3, false)]
    [InlineData("2.995", 4, true)]
    [InlineData("3", 4, true)]
    [InlineData("4.99", 4, true)]
    [InlineData("5", 5, true)]
    [InlineData("0", 1, false)]
    public void A_level_begins_at_its_points_and_is_asked_of_the_rounded_score(string score, int level, bool mastered)
    {
        var stands = MasteryCalculator.Calculate(Scale, new(MasteryMethodKind.Latest, null), [Number(score)]);
        Assert.Equal((level, mastered), (stands.Level, stands.Mastered));
    }

    [Fact]
    public void A_lowest_level_above_zero_also_stands_for_what_is_below_it()
    {
        var scale = new MasteryScale([new("Low", 1), new("High", 2)], 2);
        Assert.Equal(1, scale.LevelOf(0.5m));
        Assert.Equal([0L, 20_000L], scale.Cuts);
    }

    [Fact]
    public void Whatever_the_results_the_shares_come_to_the_score_and_the_next_step_is_true()
    {
        var random = new Random(20261123);
        for (var run = 0; run < 3_000; run++)
        {
            var kind = (MasteryMethodKind)random.Next(6);
            var method = new MasteryMethod(kind, kind is MasteryMethodKind.NMastery ? random.Next(1, 5) : random.Next(1, 100));
            List<decimal> scores = [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => random.Next(0, 501) / 100m)];
            var stands = MasteryCalculator.Calculate(Scale, method, scores);
            Assert.Equal(Slow(method, scores), stands.Score);
            if (stands.Score is { } score)
            {
                Assert.InRange(score, scores.Min() - 0.005m, scores.Max() + 0.005m);
                Assert.Equal(1m, decimal.Round(stands.Shares.Sum(), 20));
                Assert.InRange(stands.Shares.Zip(scores, (share, one) => share * one).Sum() - score, -0.00501m, 0.00501m);
            }

            Next(method, scores);
        }
    }

    private static void Next(MasteryMethod method, List<decimal> scores)
    {
        if (MasteryCalculator.Next(Scale, method, scores) is not { } next) return;
        decimal? With(decimal more) => MasteryCalculator.Calculate(Scale, method, [.. scores, more]).Score;
        if (next.Needed is not { } needed) Assert.False(With(Scale.Top) >= next.Points);
        else
        {
            Assert.True(With(needed) >= next.Points);
            if (needed > 0) Assert.False(With(needed - 0.01m) >= next.Points);
        }
    }

    /// <summary>The same by sums, without recursion or shares.</summary>
    private static decimal? Slow(MasteryMethod method, List<decimal> scores)
    {
        if (scores.Count == 0) return null;
        var (n, weight) = (scores.Count, (method.Parameter ?? 0) / 100m);
        var reached = scores.Where(score => score >= Scale.MasteryPoints).ToList();
        decimal? exact = method.Kind switch
        {
            MasteryMethodKind.DecayingAverage => Enumerable.Range(0, n).Sum(at =>
                scores[at] * Power(1 - weight, n - 1 - at) * (at == 0 ? 1 : weight)),
            MasteryMethodKind.WeightedAverage => n == 1
                ? scores[0]
                : (scores[^1] * weight) + ((scores.Sum() - scores[^1]) / (n - 1) * (1 - weight)),
            MasteryMethodKind.NMastery => reached.Count < method.Parameter ? null : reached.Sum() / reached.Count,
            MasteryMethodKind.Latest => scores[^1],
            MasteryMethodKind.Highest => scores.Max(),
            _ => scores.Sum() / n,
        };
        return exact is { } number ? decimal.Round(number, 2, MidpointRounding.AwayFromZero) : null;
    }

    private static decimal Power(decimal of, int times) => Enumerable.Repeat(of, times).Aggregate(1m, (made, one) => made * one);

    private static List<decimal> Parse(string scores) =>
        [.. scores.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
