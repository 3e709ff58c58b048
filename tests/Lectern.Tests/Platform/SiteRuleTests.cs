using Lectern.Platform.Sites;

namespace Lectern.Tests.Platform;

/// <summary>Of two catalogues that take writes at most one is worked on, and what a standby lacks is never made less.</summary>
public sealed class SiteRuleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // Nobody was ever told: whoever is no standby works, alone.
    [InlineData(false, 0, null, true, 0, null, true)]
    [InlineData(true, 0, null, false, 0, null, false)]
    [InlineData(false, 0, null, false, 0, null, false)]
    // The other has been promoted, and then been told to write.
    [InlineData(false, 4, "a", false, 4, "a", false)]
    [InlineData(false, 4, "a", false, 5, "b", false)]
    // It was our turn after its own, or it follows us.
    [InlineData(false, 5, "a", false, 4, "b", true)]
    [InlineData(false, 5, "a", true, 5, "a", true)]
    // Promoted, and not told yet.
    [InlineData(false, 4, "b", true, 4, "b", false)]
    public void At_most_one_site_works(
        bool follows, int turn, string? writer, bool otherFollows, int otherTurn, string? otherWriter, bool works)
    {
        var refusal = SiteRule.Refuses(
            "a", new SiteSeen(follows, turn, writer, true), [("b", new SiteSeen(otherFollows, otherTurn, otherWriter, true))]);
        Assert.Equal(works, refusal is null);
    }

    [Fact]
    public void Without_the_other_site_the_own_catalogue_decides()
    {
        Assert.Null(SiteRule.Refuses("a", new SiteSeen(false, 3, "a", true), []));
        Assert.NotNull(SiteRule.Refuses("a", new SiteSeen(false, 3, "b", true), []));
    }

    [Theory]
    // Everything that was there when the primary was last seen is here: only what came after can be missing.
    [InlineData(500L, 500L, -60, 3)]
    // It is not: whatever came after the last commit that arrived can be.
    [InlineData(499L, 500L, -60, 60)]
    // A commit that arrived after that says more.
    [InlineData(500L, 500L, -1, 1)]
    public void What_may_be_missing_reaches_from_the_last_known_moment_to_the_end(long has, long seen, int lastCommit, int seconds)
    {
        var standby = new ServerState(true, has, has, Noon.AddSeconds(lastCommit), false, 1);
        var loss = Loss.Of(standby, new Sighting(Noon.AddSeconds(-3), seen), Noon);
        Assert.Equal(TimeSpan.FromSeconds(seconds), loss.AtMost);
    }

    [Fact]
    public void Nobody_can_say_what_a_standby_lacks_that_has_applied_nothing_and_was_not_watched()
    {
        Assert.Null(Loss.Of(new ServerState(true, 1, 1, null, false, 1), null, Noon).AtMost);
    }
}
