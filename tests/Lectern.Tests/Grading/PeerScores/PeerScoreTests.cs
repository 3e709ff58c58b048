using Lectern.Grading.PeerScores;

namespace Lectern.Tests.Grading.PeerScores;

/// <summary>How reviews become one score.</summary>
public sealed class PeerScoreTests
{
    [Theory]
    [InlineData("median", 8, "0.7 0.8 0.9")]
    [InlineData("median", 7.5, "0.7 0.8")]
    [InlineData("median", 9, "0.9")]
    [InlineData("mean", 6.67, "1 1 0")]
    [InlineData("mean", 3.33, "0 0 1")]
    public void The_rule_makes_one_score_of_them(string rule, decimal score, string shares) =>
        Assert.Equal(score, PeerScore.Of(Enum.Parse<PeerRule>(rule, ignoreCase: true), Votes(shares), 10).Score);

    [Fact]
    public void Where_they_are_weighted_who_is_nearer_to_the_references_counts_for_more_and_nobody_weighing_anything_for_all_the_same()
    {
        PeerVote[] votes = [new(new(1), 1m, 0.9m), new(new(2), 0m, 0.1m)];
        Assert.Equal(9, PeerScore.Of(PeerRule.Weighted, votes, 10).Score);
        Assert.Equal(5, PeerScore.Of(PeerRule.Weighted, [.. votes.Select(vote => vote with { Weight = 0 })], 10).Score);
    }

    [Fact]
    public void Without_reviews_there_is_no_score_and_reviews_far_apart_disagree()
    {
        Assert.Equal((null, false), (PeerScore.Of(PeerRule.Mean, [], 10).Score, PeerScore.Of(PeerRule.Mean, [], 10).Disagrees));
        Assert.False(PeerScore.Of(PeerRule.Mean, Votes("0.5 0.75"), 10).Disagrees);
        Assert.True(PeerScore.Of(PeerRule.Mean, Votes("0.5 0.76"), 10).Disagrees);
        Assert.Equal([2m, 5m, 10m], PeerScore.Of(PeerRule.Median, Votes("1 0.2 0.5"), 10).Scores);
        Assert.Equal("Median of 2 reviews by peers: 2.5, 10", PeerScore.Of(PeerRule.Median, Votes("1 0.25"), 10).Said(PeerRule.Median));
    }

    private static PeerVote[] Votes(string shares) => [.. shares.Split(' ')
        .Select((share, at) => new PeerVote(new(at), decimal.Parse(share, System.Globalization.CultureInfo.InvariantCulture), 1))];
}
