using System.Collections.Concurrent;
using System.Globalization;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace Lectern.Platform.Caching;

/// <summary>Names what is cached. A key always begins with the institution, so that no answer of one can be given to another.</summary>
public static class CacheKey
{
    public static string Of(TenantId tenant, string space, object id) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant}:{space}:{id}");

    internal static bool NamesTenant(string key)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(key.AsSpan(0, colon), out _);
    }
}

/// <summary>
/// The in-process level of the cache. A thousand misses on one key at once make one call to its source. A shared level joins behind
/// the same class when one is configured.
/// </summary>
internal sealed class TenantCache(IMemoryCache memory) : HybridCache
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(300);
    private readonly ConcurrentDictionary<string, Lazy<Task<object?>>> loading = new();
    private readonly ConcurrentDictionary<string, long> tagStamps = new();

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        Check(key);
        if (memory.TryGetValue(key, out Entry? hit) && hit is not null && !Outdated(hit)) return (T)hit.Value!;
        var load = loading.GetOrAdd(key, _ => new Lazy<Task<object?>>(async () =>
        {
            var stamps = Stamps(tags);
            // Those who wait are many; one of them going away must not fail the rest.
            var value = await factory(state, CancellationToken.None);
            memory.Set(key, new Entry(value, stamps), Life(options));
            return value;
        }));
        try
        {
            return (T)(await load.Value.WaitAsync(cancellationToken))!;
        }
        finally
        {
            loading.TryRemove(new KeyValuePair<string, Lazy<Task<object?>>>(key, load));
        }
    }

    public override ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        Check(key);
        memory.Set(key, new Entry(value, Stamps(tags)), Life(options));
        return ValueTask.CompletedTask;
    }

    public override ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        memory.Remove(key);
        return ValueTask.CompletedTask;
    }

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        tagStamps.AddOrUpdate(tag, 1, (_, stamp) => stamp + 1);
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Life(HybridCacheEntryOptions? options) => options?.LocalCacheExpiration ?? options?.Expiration ?? DefaultLife;

    private static void Check(string key)
    {
        if (!CacheKey.NamesTenant(key))
            throw new ArgumentException($"The cache key '{key}' does not begin with an institution.", nameof(key));
    }

    private (string Tag, long Stamp)[] Stamps(IEnumerable<string>? tags) =>
        tags?.Select(tag => (tag, tagStamps.GetValueOrDefault(tag))).ToArray() ?? [];

    private bool Outdated(Entry entry) => Array.Exists(entry.Stamps, stamp => tagStamps.GetValueOrDefault(stamp.Tag) != stamp.Stamp);

    private sealed record Entry(object? Value, (string Tag, long Stamp)[] Stamps);
}
