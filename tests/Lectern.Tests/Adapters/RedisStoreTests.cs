using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Lectern.Redis;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Adapters;

/// <summary>The shared store on one real Redis server.</summary>
public sealed class RedisStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private RedisServers? servers;
    private RedisStore? redis;

    private ISharedStore Store => redis!;

    public async ValueTask InitializeAsync()
    {
        servers = await RedisServers.Alone();
        redis = new RedisStore(servers.Settings, TimeProvider.System, NullLogger<RedisStore>.Instance);
    }

    [Fact]
    public async Task Values_come_back_as_they_were_and_only_while_they_live()
    {
        var big = new byte[1_000_000];
        Random.Shared.NextBytes(big);
        Assert.True(await Store.Write(Key("big"), big, Minute));
        Assert.True(await Store.Write(Key("empty"), Array.Empty<byte>(), Minute));
        Assert.True(await Store.Write(Key("brief"), "x"u8.ToArray(), TimeSpan.FromMilliseconds(50)));
        var read = await Store.Read(Key("big"), Key("empty"), Key("nothing"));
        Assert.Equal(big, read![0]);
        Assert.Empty(read[1]!);
        Assert.Null(read[2]);
        await TestTenant.Eventually(async () => (await Store.Read(Key("brief")))![0] is null, "what lives briefly is gone");
    }

    [Fact]
    public async Task What_is_kept_is_not_overwritten_by_who_asks_not_to()
    {
        Assert.True(await Store.Write(Key("a"), "first"u8.ToArray(), Minute, unlessKept: true));
        Assert.False(await Store.Write(Key("a"), "second"u8.ToArray(), Minute, unlessKept: true));
        Assert.Equal("first"u8.ToArray(), (await Store.Read(Key("a")))![0]);
    }

    [Fact]
    public async Task A_thousand_callers_share_one_connection_and_each_gets_its_own_answer()
    {
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async i =>
        {
            var mine = BitConverter.GetBytes(i);
            Assert.True(await Store.Write(Key($"n{i}"), mine, Minute));
            Assert.Equal(mine, (await Store.Read(Key($"n{i}")))![0]);
        }));
        var clients = System.Text.Encoding.UTF8.GetString((byte[])(await servers!.Say(servers.Ports[0], "CLIENT", "LIST"))!);
        Assert.Equal(2, clients.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task A_bucket_gives_what_it_holds_and_not_one_more_however_many_ask_at_once()
    {
        var bucket = new Bucket(Key("limit"), PerSecond: 0.001, Most: 20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Store.Take(bucket).AsTask()));
        Assert.Equal(20, answers.Count(answer => !answer!.Value.Refused));
        Assert.All(answers.Where(answer => answer!.Value.Refused), answer => Assert.InRange(answer!.Value.Wait.TotalSeconds, 900, 1_001));
        Assert.Equal(Enumerable.Range(0, 20), answers.Where(answer => !answer!.Value.Refused).Select(answer => answer!.Value.Left).Order());
    }

    [Fact]
    public async Task Nothing_is_taken_from_any_bucket_when_one_is_empty()
    {
        var (wide, narrow) = (new Bucket(Key("wide"), 0.001, 5), new Bucket(Key("narrow"), 0.001, 1));
        Assert.Equal(new BucketAnswer(1, 0, TimeSpan.Zero), await Store.Take(wide, narrow));
        for (var i = 0; i < 10; i++) Assert.Equal(1, (await Store.Take(wide, narrow))!.Value.Tightest);
        Assert.Equal(3, (await Store.Take(wide))!.Value.Left);
    }

    [Fact]
    public async Task A_killed_server_is_an_answer_that_is_not_there_and_its_return_is_noticed()
    {
        var port = servers!.Ports[0];
        Assert.True(await Store.Write(Key("a"), "x"u8.ToArray(), Minute));
        Assert.NotNull(await Store.Take(new Bucket(Key("limit"), 1, 10)));
        await servers.Kill(port);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await Store.Read(Key("a")));
            Assert.False(await Store.Write(Key("a"), "x"u8.ToArray(), Minute));
            Assert.Null(await Store.Take(new Bucket(Key("limit"), 1, 10)));
        }

        await servers.Start(port);
        await TestTenant.Eventually(async () => await Store.Read(Key("a")) is [null], "the new server is asked");
        // The new server has never heard of the script.
        Assert.Equal(9, (await Store.Take(new Bucket(Key("limit"), 1, 10)))!.Value.Left);
    }

    [Fact]
    public async Task A_password_is_shown_where_one_is_asked_for()
    {
        await servers!.Say(servers.Ports[0], "CONFIG", "SET", "requirepass", "secret");
        foreach (var (password, let) in new[] { ("secret", true), ("wrong", false), (string.Empty, false) })
        {
            var settings = servers.Settings with { Password = password };
            using var disposed = new RedisStore(settings, TimeProvider.System, NullLogger<RedisStore>.Instance);
            ISharedStore asking = disposed;
            Assert.Equal(let, await asking.Read(Key("a")) is not null);
        }
    }

    [Fact]
    public async Task A_server_that_hangs_is_not_waited_for_again_and_again()
    {
        var settings = servers!.Settings with { Timeout = TimeSpan.FromMilliseconds(300) };
        using var disposed = new RedisStore(settings, TimeProvider.System, NullLogger<RedisStore>.Instance);
        ISharedStore hasty = disposed;
        Assert.NotNull(await hasty.Read(Key("a")));
        await servers.Say(servers.Ports[0], "CLIENT", "PAUSE", 5_000, "ALL");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var asked = 0;
        while (clock.Elapsed < TimeSpan.FromSeconds(3)) if (await hasty.Read(Key("a")) is null) asked++;
        // Waiting each time would be ten at most.
        Assert.True(asked > 100, $"{asked} questions in three seconds");
        await TestTenant.Eventually(async () => await hasty.Read(Key("a")) is not null, "it is asked again when it answers again");
    }

    [Theory]
    [InlineData("host", "host", 6379)]
    [InlineData(" a:1 ", "a", 1)]
    public void Servers_are_named_by_host_and_port(string text, string host, int port) =>
        Assert.Equal([new RedisEndpoint(host, port)], RedisAdapter.Endpoints(text));

    [Theory]
    [InlineData("host:")]
    [InlineData("host:0")]
    [InlineData("host:70000")]
    [InlineData(":1")]
    public void A_server_that_cannot_be_one_is_refused(string text) => Assert.Throws<FormatException>(() => RedisAdapter.Endpoints(text));

    public async ValueTask DisposeAsync()
    {
        redis?.Dispose();
        if (servers is not null) await servers.DisposeAsync();
    }

    private static SharedKey Key(string id) => new(new TenantId(7), KeySpace.Cache, id);
}
