using Lectern.Platform.Caching;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace Lectern.Tests.Platform;

public sealed class CacheTests
{
    private readonly TenantCache cache = new(new MemoryCache(new MemoryCacheOptions()));
    private readonly string key = CacheKey.Of(new TenantId(1), "things", 7);

    [Fact]
    public async Task A_thousand_misses_at_once_ask_once()
    {
        var asked = 0;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () => await cache.GetOrCreateAsync(key, async ct =>
        {
            Interlocked.Increment(ref asked);
            await Task.Delay(50, ct);
            return "answer";
        }))));
        Assert.Equal(1, asked);
        Assert.All(answers, answer => Assert.Equal("answer", answer));
    }

    [Theory]
    [InlineData("things:7")]
    [InlineData(":things:7")]
    [InlineData("x1:things:7")]
    public async Task A_key_without_an_institution_is_refused(string without) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await cache.GetOrCreateAsync(without, _ => ValueTask.FromResult(1)));

    [Fact]
    public async Task A_failed_load_is_not_remembered_and_one_leaver_fails_nobody()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await cache.GetOrCreateAsync<int>(key, _ => throw new InvalidOperationException()));
        using var leaves = new CancellationTokenSource();
        var slow = Slow();
        var leaver = cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(0), cancellationToken: leaves.Token).AsTask();
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        Assert.Equal(5, await slow);

        async Task<int> Slow() => await cache.GetOrCreateAsync(key, async ct =>
        {
            await Task.Delay(100, ct);
            return 5;
        });
    }

    [Fact]
    public async Task A_tag_outdates_what_was_kept_under_it()
    {
        Assert.Equal(1, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(1), tags: ["t"]));
        Assert.Equal(1, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(2), tags: ["t"]));
        await cache.RemoveByTagAsync("t");
        Assert.Equal(3, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(3), tags: ["t"]));
    }
}
