using System.Collections.Concurrent;
using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Observability;
using Lectern.Platform.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace Lectern.Platform.Caching;

/// <summary>
/// The cache: this process, then what the nodes share if there is such a thing, then whatever the caller reads from. A thousand misses
/// on one key at once make one call. What is kept under a tag is good for as long as the tag's stamps are the same, here and in the
/// shared store.
/// </summary>
internal sealed class TenantCache(IMemoryCache memory, ISharedStore shared, CacheNews news, IHttpContextAccessor http) : HybridCache
{
    private static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(300);
    private readonly ConcurrentDictionary<string, Lazy<Task<(object? Value, CacheLevel Level)>>> loading = new();

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        var name = Named(key);
        string[] tagged = [.. tags ?? []];
        var stamps = news.Stamps(tagged);
        if (memory.TryGetValue(key, out Entry? hit) && hit is not null && Good(hit.Stamps, stamps))
        {
            Tell(CacheLevel.Memory);
            return (T)hit.Value!;
        }

        // With the stamps in its name: who asks after a change does not join those who asked before it.
        var turn = tagged.Length == 0 ? key : $"{key}|{string.Join('|', stamps)}";
        var load = loading.GetOrAdd(
            turn, _ => new(() => Load(key, name, () => factory(state, CancellationToken.None), options, tagged, stamps)));
        try
        {
            var (value, level) = await load.Value.WaitAsync(cancellationToken);
            Tell(level);
            return (T)value!;
        }
        finally
        {
            loading.TryRemove(new(turn, load));
        }
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        var name = Named(key);
        string[] tagged = [.. tags ?? []];
        var stamps = news.Stamps(tagged);
        if (shared.IsThere && (await Find<T>(name, tagged)).Stamps is { } sharedStamps) await Keep(name, value, sharedStamps, options);
        memory.Set(key, new Entry(value, stamps), InProcess(options));
    }

    /// <summary>Forgets one value on this node and in the shared store; to be heard by all nodes, give it a tag.</summary>
    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        memory.Remove(key);
        if (shared.IsThere) await shared.Write(Named(key), "{}"u8.ToArray(), TimeSpan.FromSeconds(1));
    }

    public override async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) => await news.Outdate(tag);

    private async Task<(object? Value, CacheLevel Level)> Load<T>(
        string key, SharedKey name, Func<ValueTask<T>> factory, HybridCacheEntryOptions? options, string[] tags, long[] stamps)
    {
        var (found, sharedStamps) = shared.IsThere ? await Find<T>(name, tags) : default;
        // Those who wait are many; one of them going away must not fail the rest.
        var load = CacheLoad.Begin();
        var value = found is not null ? found.Value : await factory();
        if (load.Lagged) return (value, CacheLevel.Database);
        if (found is null && sharedStamps is not null) await Keep(name, value, sharedStamps, options);
        memory.Set(key, new Entry(value, stamps), InProcess(options));
        return (value, found is not null ? CacheLevel.Redis : CacheLevel.Database);
    }

    /// <summary>What the nodes share under this name if it is good, and the stamps of now; no stamps when nothing can be kept.</summary>
    private async Task<(Kept<T>? Value, string[]? Stamps)> Find<T>(SharedKey name, string[] tags)
    {
        SharedKey[] keys = [name, .. tags.Select(CacheKey.Stamp)];
        var values = await shared.Read(keys);
        if (values is not null && Array.IndexOf(values, null, 1) > 0)
        {
            for (var i = 1; i < keys.Length; i++)
                if (values[i] is null) await shared.Write(keys[i], CacheNews.NewStamp(), CacheNews.StampLife, unlessKept: true);
            values = await shared.Read(keys);
        }

        if (values is null || Array.IndexOf(values, null, 1) > 0) return default;
        string[] stamps = [.. values.Skip(1).Select(stamp => Convert.ToHexString(stamp!))];
        var kept = values[0] is { } json ? Read<T>(json) : null;
        return (kept?.Stamps is not null && kept.Stamps.AsSpan().SequenceEqual(stamps) ? kept : null, stamps);
    }

    /// <summary>What another version of the program kept may not be readable here, and is then not there.</summary>
    private static Kept<T>? Read<T>(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept<T>>(json, LecternJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task Keep<T>(SharedKey name, T value, string[] stamps, HybridCacheEntryOptions? options) => await shared.Write(
        name, JsonSerializer.SerializeToUtf8Bytes(new Kept<T>(stamps, value), LecternJson.Options), options?.Expiration ?? DefaultLife);

    private static MemoryCacheEntryOptions InProcess(HybridCacheEntryOptions? options) => new()
    {
        AbsoluteExpirationRelativeToNow = options?.LocalCacheExpiration ?? options?.Expiration ?? DefaultLife, Size = 1,
    };

    private static SharedKey Named(string key) => CacheKey.Shared(key)
        ?? throw new ArgumentException($"The cache key '{key}' does not begin with an institution and a key space.", nameof(key));

    /// <summary>Only what has a tag can be outdated by others, and only that needs news of them.</summary>
    private bool Good(long[] then, long[] now) => now.Length == 1 || (news.Hears && then.AsSpan().SequenceEqual(now));

    /// <summary>Counts the level that answered, and shows the slowest of a request in its answer.</summary>
    private void Tell(CacheLevel level)
    {
        Meters.CacheAnswered(level.ToString().ToLowerInvariant());
        if (http.HttpContext is not { Response.HasStarted: false } context) return;
        if (context.Items.TryGetValue(typeof(CacheLevel), out var slowest) && slowest is CacheLevel earlier && earlier >= level) return;
        context.Items[typeof(CacheLevel)] = level;
        context.Response.Headers["X-Cache"] = level.ToString().ToLowerInvariant();
    }

    private sealed record Entry(object? Value, long[] Stamps);

    internal sealed record Kept<T>(string[]? Stamps, T Value);
}

/// <summary>Which level answered, the fastest first.</summary>
internal enum CacheLevel { Memory, Redis, Database }
