using Lectern.Platform.Caching;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;

namespace Lectern.Tests.Platform;

public sealed class CacheTests : IDisposable
{
    private const string Tag = "1:cache:things";
    private static readonly ShardDatabase Database = new(1, "localhost", 5432, "lectern");
    private readonly TenantCache cache;
    private readonly CacheNews news = new(new NothingShared(), () => [Database]);
    private readonly string key = CacheKey.Of(new TenantId(1), KeySpace.Cache, 7);

    public CacheTests()
    {
        cache = new TenantCache(new MemoryCache(new MemoryCacheOptions()), new NothingShared(), news, new HttpContextAccessor());
        news.Listen(Database);
    }

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
    [InlineData("x1:cache:7")]
    [InlineData("1:things:7")]
    [InlineData("1:cache")]
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
        Assert.Equal(1, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(1), tags: [Tag]));
        Assert.Equal(1, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(2), tags: [Tag]));
        await cache.RemoveByTagAsync(Tag);
        Assert.Equal(3, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(3), tags: [Tag]));
    }

    [Fact]
    public async Task A_node_that_does_not_hear_of_changes_trusts_nothing_tagged_that_it_keeps()
    {
        Assert.Equal(1, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(1), tags: [Tag]));
        news.Miss(Database);
        Assert.Equal(2, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(2), tags: [Tag]));
        news.Listen(Database);
        Assert.Equal(3, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(3), tags: [Tag]));
        Assert.Equal(3, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(4), tags: [Tag]));
    }

    [Fact]
    public async Task Who_asks_after_a_change_does_not_join_those_who_asked_before_it()
    {
        var gate = new TaskCompletionSource<int>();
        var before = cache.GetOrCreateAsync(key, async _ => await gate.Task, tags: [Tag]).AsTask();
        await cache.RemoveByTagAsync(Tag);
        Assert.Equal(2, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(2), tags: [Tag]));
        gate.SetResult(1);
        Assert.Equal(1, await before);
        Assert.Equal(3, await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(3), tags: [Tag]));
    }

    public void Dispose() => news.Dispose();
}
