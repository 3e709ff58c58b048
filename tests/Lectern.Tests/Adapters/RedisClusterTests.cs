using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Lectern.Redis;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Adapters;

/// <summary>The shared store on a real cluster of three masters.</summary>
public sealed class RedisClusterTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private RedisServers? servers;
    private RedisStore? redis;

    private ISharedStore Store => redis!;

    public async ValueTask InitializeAsync()
    {
        servers = await RedisServers.Cluster(3);
        // Told of one server only; it finds the others.
        redis = new RedisStore(
            servers.Settings with { Endpoints = [new("127.0.0.1", servers.Ports[0])] }, TimeProvider.System,
            NullLogger<RedisStore>.Instance);
    }

    [Fact]
    public async Task Every_institution_is_on_one_server_and_they_are_spread_over_all()
    {
        for (var tenant = 1; tenant <= 60; tenant++)
        {
            Assert.True(await Store.Write(Key(tenant, KeySpace.Cache), BitConverter.GetBytes(tenant), Minute));
            Assert.True(await Store.Write(Key(tenant, KeySpace.Stamp), BitConverter.GetBytes(-tenant), Minute));
            var read = await Store.Read(Key(tenant, KeySpace.Cache), Key(tenant, KeySpace.Stamp));
            Assert.Equal([BitConverter.GetBytes(tenant), BitConverter.GetBytes(-tenant)], read);
            Assert.False((await Store.Take(
                new Bucket(Key(tenant, KeySpace.Limit), 1, 5), new Bucket(Key(tenant, KeySpace.Course), 1, 5)))!.Value.Refused);
        }

        foreach (var port in servers!.Ports) Assert.InRange((long)(await servers.Say(port, "DBSIZE"))!, 4, 236);
    }

    [Fact]
    public async Task A_slot_that_is_moving_or_has_moved_is_followed()
    {
        var key = Key(5, KeySpace.Cache);
        Assert.True(await Store.Write(key, "before"u8.ToArray(), Minute));
        var slot = RedisSlot.Of(key.ToString());
        var ids = new Dictionary<int, string>();
        foreach (var port in servers!.Ports)
            ids[port] = System.Text.Encoding.UTF8.GetString((byte[])(await servers.Say(port, "CLUSTER", "MYID"))!);
        var from = servers.Ports[Math.Min(slot / (RedisSlot.Count / 3), 2)];
        var to = servers.Ports.First(port => port != from);

        await servers.Say(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", ids[from]);
        await servers.Say(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", ids[to]);
        var other = new SharedKey(new TenantId(5), KeySpace.Course, "moving");
        Assert.True(await Store.Write(other, "asked there"u8.ToArray(), Minute));
        Assert.Equal("asked there"u8.ToArray(), (await Store.Read(other))![0]);
        Assert.Equal("before"u8.ToArray(), (await Store.Read(key))![0]);

        await servers.Say(from, "MIGRATE", "127.0.0.1", to, key.ToString(), 0, 2_000);
        foreach (var port in new[] { to, from }) await servers.Say(port, "CLUSTER", "SETSLOT", slot, "NODE", ids[to]);
        Assert.Equal("before"u8.ToArray(), (await Store.Read(key))![0]);
        Assert.Equal("asked there"u8.ToArray(), (await Store.Read(other))![0]);
    }

    [Fact]
    public async Task One_server_killed_takes_only_its_institutions_with_it_until_it_is_back()
    {
        int[] tenants = [.. Enumerable.Range(1, 60)];
        foreach (var tenant in tenants) Assert.True(await Store.Write(Key(tenant, KeySpace.Cache), "x"u8.ToArray(), Minute));
        var killed = servers!.Ports[0];
        var its = tenants.Where(tenant => RedisSlot.Of(Key(tenant, KeySpace.Cache).ToString()) < RedisSlot.Count / 3).ToHashSet();
        await servers.Kill(killed);
        foreach (var tenant in tenants)
        {
            var read = await Store.Read(Key(tenant, KeySpace.Cache));
            if (its.Contains(tenant)) Assert.Null(read);
            else Assert.NotNull(read![0]);
        }

        await servers.Start(killed);
        await TestTenant.Eventually(async () =>
        {
            foreach (var tenant in tenants) if (!await Store.Write(Key(tenant, KeySpace.Cache), "y"u8.ToArray(), Minute)) return false;
            return true;
        }, "all institutions are served again", seconds: 60);
    }

    public async ValueTask DisposeAsync()
    {
        redis?.Dispose();
        if (servers is not null) await servers.DisposeAsync();
    }

    private static SharedKey Key(int tenant, KeySpace space) => new(new TenantId(tenant), space, "thing");
}
