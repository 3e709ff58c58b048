using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Sites;

/// <summary>Whether this process's site may work, as of the last look at the catalogues of all sites.</summary>
internal sealed class SiteStanding(ShardSources shards, CoreDatabase core, PlatformOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A site that does not answer now is as it was when it last did: a turn that was seen is not over because the line is.
    private readonly ConcurrentDictionary<string, SiteSeen> last = new(StringComparer.Ordinal);

    /// <summary>Why this process must not work; null when it may, and always where there is only one site.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Refuses what this process must not do.</summary>
    public void Insist()
    {
        if (Refusal is { } why) throw new SiteStandsBackException(why);
    }

    /// <summary>Looks at the own catalogue and at the others. When the own one does not answer, nothing new is known.</summary>
    public async Task Look(CancellationToken ct)
    {
        if (options.Site is not { Length: > 0 } site) return;
        if (await Ask(shards.Worker(core.Database), SiteCatalogue.See, ct) is not { } own) return;
        var places = await Ask(shards.Worker(core.Database), SiteCatalogue.Places, ct) ?? [];
        var others = await Task.WhenAll(places.Where(place => place.DatabaseId == core.Database.Id && place.Site != site).Select(
            async place => (place.Site, Seen: await Ask(shards.Watcher(At(place)), SiteCatalogue.See, ct))));
        foreach (var (name, seen) in others)
            if (seen is not null) last[name] = seen;
        Refusal = SiteRule.Refuses(site, own, last.Select(other => (other.Key, other.Value)));
    }

    private ShardDatabase At(DatabasePlace place) => core.Database with { Host = place.Host, Port = place.Port };

    private async Task<T?> Ask<T>(NpgsqlDataSource copy, Func<NpgsqlDataSource, CancellationToken, Task<T>> question, CancellationToken ct)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await question(copy, limit.Token);
        }
        catch (Exception away) when (!ct.IsCancellationRequested
            && (away is NpgsqlException or OperationCanceledException or TimeoutException || DatabaseFailure.IsLost(away)))
        {
            return null;
        }
    }
}

/// <summary>Another site works now, and this one must not.</summary>
public sealed class SiteStandsBackException(string because) : Exception(because);
