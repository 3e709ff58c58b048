namespace Lectern.Platform.Tenancy;

/// <summary>Where an institution is to live: what it was promised, and what somebody asks for now.</summary>
internal sealed record Placement(string Slug, CellKind Kind)
{
    /// <summary>It lives in this region only.</summary>
    public string? Region { get; init; }

    /// <summary>It lives in this cluster only.</summary>
    public string? Cluster { get; init; }

    public SizeTier Tier { get; init; }

    /// <summary>A certain shard, by its label.</summary>
    public string? Shard { get; init; }

    /// <summary>A certain pooled cell, by its name.</summary>
    public string? Cell { get; init; }

    /// <summary>The tier a plan means when none is named.</summary>
    public static SizeTier TierOf(string plan) => plan switch
    {
        "enterprise" => SizeTier.Large,
        "professional" => SizeTier.Medium,
        _ => SizeTier.Small,
    };

    /// <summary>Why it may not live in a shard; null when it may.</summary>
    public string? Refuses(ShardDatabase shard)
    {
        if (Region is not null && Region != shard.Region)
            return $"Institution '{Slug}' is pinned to region '{Region}'; shard '{shard.Label}' is {InRegion(shard)}.";
        if (Cluster is not null && Cluster != shard.Cluster)
            return $"Institution '{Slug}' is pinned to cluster '{Cluster}'; shard '{shard.Label}' belongs to '{shard.Cluster}'.";
        return null;
    }

    /// <summary>The shards it may be put in: those of its size, or else those for everybody.</summary>
    public IReadOnlyList<ShardDatabase> Among(IReadOnlyCollection<ShardDatabase> shards)
    {
        if (Shard is not null) return [Named(shards)];
        var allowed = shards.Where(shard => shard.Takes && Refuses(shard) is null).ToList();
        if (allowed.Count == 0) throw new ArgumentException(
            $"No shard that takes institutions is {Promise()}. Add one with 'lectern shards add'.");
        var sized = allowed.FindAll(shard => shard.Tier == Tier);
        if (sized.Count == 0) sized = allowed.FindAll(shard => shard.Tier is null);
        return sized.Count > 0 ? sized : throw new ArgumentException(
            $"No shard {Promise()} takes {Tier.ToString().ToLowerInvariant()} institutions. Add one, or name another with --tier.");
    }

    private ShardDatabase Named(IEnumerable<ShardDatabase> shards)
    {
        var named = shards.FirstOrDefault(shard => shard.Label == Shard) ?? throw new ArgumentException($"There is no shard '{Shard}'.");
        if (Refuses(named) is { } refusal) throw new ArgumentException(refusal);
        if (named.Draining) throw new ArgumentException($"Shard '{Shard}' is being drained and takes nobody.");
        if (named.Dedicated) throw new ArgumentException($"Shard '{Shard}' was made for one institution and takes nobody else.");
        return named;
    }

    private string Promise() => (Region, Cluster) switch
    {
        (null, null) => "open",
        (_, null) => $"in region '{Region}'",
        (null, _) => $"in cluster '{Cluster}'",
        _ => $"in region '{Region}' of cluster '{Cluster}'",
    };

    private static string InRegion(ShardDatabase shard) => shard.Region is null ? "in no region" : $"in '{shard.Region}'";
}
