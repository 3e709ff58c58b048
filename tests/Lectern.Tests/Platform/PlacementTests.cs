using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Platform;

/// <summary>Institutions live where they were promised to, and with others of their size.</summary>
public sealed class PlacementTests
{
    private static readonly ShardDatabase[] Shards =
    [
        new(1, "a", 1, "main"),
        new(2, "b", 1, "eu1") { Region = "eu", Cluster = "blue", Tier = SizeTier.Large },
        new(3, "c", 1, "eu2") { Region = "eu", Cluster = "green" },
        new(4, "d", 1, "us") { Region = "us", Tier = SizeTier.Small },
        new(5, "e", 1, "full") { Region = "eu", Tier = SizeTier.Small, Draining = true },
        new(6, "f", 1, "own") { Region = "eu", Tier = SizeTier.Small, Dedicated = true },
    ];

    [Theory]
    [InlineData(null, null, "Small", "us")]
    [InlineData(null, null, "Medium", "main eu2")]
    [InlineData("eu", null, "Large", "eu1")]
    [InlineData("eu", null, "Small", "eu2")]
    [InlineData(null, "blue", "Large", "eu1")]
    public void The_size_chooses_among_what_was_promised(string? region, string? cluster, string tier, string expected) =>
        Assert.Equal(expected, string.Join(' ', Wish(region, cluster, tier).Among(Shards).Select(shard => shard.Label)));

    [Theory]
    [InlineData("eu", null, "us", "Institution 'x' is pinned to region 'eu'; shard 'us' is in 'us'.")]
    [InlineData("eu", null, "main", "Institution 'x' is pinned to region 'eu'; shard 'main' is in no region.")]
    [InlineData(null, "blue", "eu2", "Institution 'x' is pinned to cluster 'blue'; shard 'eu2' belongs to 'green'.")]
    [InlineData("eu", null, "full", "Shard 'full' is being drained and takes nobody.")]
    [InlineData("eu", null, "own", "Shard 'own' was made for one institution and takes nobody else.")]
    [InlineData(null, null, "nowhere", "There is no shard 'nowhere'.")]
    public void Elsewhere_is_refused_in_words(string? region, string? cluster, string shard, string words) =>
        Assert.Equal(words, Refused(() => (Wish(region, cluster, "Small") with { Shard = shard }).Among(Shards)));

    [Theory]
    [InlineData("asia", null, "Small", "in region 'asia'")]
    [InlineData("us", null, "Large", "takes large institutions")]
    [InlineData("us", "blue", "Small", "in region 'us' of cluster 'blue'")]
    public void No_shard_that_fits_is_a_refusal_too(string? region, string? cluster, string tier, string words) =>
        Assert.Contains(words, Refused(() => Wish(region, cluster, tier).Among(Shards)), StringComparison.Ordinal);

    [Theory]
    [InlineData("standard", "Small")]
    [InlineData("professional", "Medium")]
    [InlineData("enterprise", "Large")]
    public void A_plan_means_a_size(string plan, string tier) => Assert.Equal(Enum.Parse<SizeTier>(tier), Placement.TierOf(plan));

    private static Placement Wish(string? region, string? cluster, string tier) =>
        new("x", CellKind.Pooled) { Region = region, Cluster = cluster, Tier = Enum.Parse<SizeTier>(tier) };

    private static string Refused(Action place) => Assert.Throws<ArgumentException>(place).Message;
}
