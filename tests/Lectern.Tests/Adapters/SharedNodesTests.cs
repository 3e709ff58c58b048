using Lectern.Platform.Access;
using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Lectern.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Adapters;

/// <summary>Two nodes of the product on one PostgreSQL and one Redis, and what they make of it when Redis is killed.</summary>
public sealed class SharedNodesTests(LecternApp app, SharedNodes shared) : IClassFixture<SharedNodes>, IAsyncLifetime
{
    private List<RunningHost> nodes = [];
    private RedisServers? redis;

    public async ValueTask InitializeAsync() => (redis, nodes) = await shared.Ready(app);

    [Fact]
    public async Task The_level_that_answered_is_shown()
    {
        var (here, there) = await Tenant();
        Assert.Equal("database", await Level(here));
        Assert.Equal("memory", await Level(here));
        Assert.Equal("redis", await Level(there));
        Assert.Equal("memory", await Level(there));
        Assert.Contains("lectern_cache_reads_total{level=\"redis\"}", (await here.Nobody().Send(
            HttpMethod.Get, $"{nodes[1].Address}metrics", null)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_on_one_node_is_seen_on_the_other_with_and_without_Redis()
    {
        var (here, there) = await Tenant();
        var admin = await here.NewAdministrator();
        var root = (await admin.Get("/accounts")).Id("items.0.account_id");
        var version = 1;
        foreach (var killed in new[] { false, true })
        {
            if (killed) await redis!.Kill(redis.Ports[0]);
            for (var i = 0; i < 3; i++)
            {
                await Level(here);
                await Level(there);
                var name = $"Name {version}";
                (await admin.Put($"/accounts/{root}", new { name, version })).Expect(200);
                version++;
                Assert.Equal(name, (await here.Nobody().Get("/institution")).Expect(200).At("name").GetString());
                await TestTenant.Eventually(
                    async () => (await there.Nobody().Get("/institution")).At("name").GetString() == name, "the other node knows");
            }
        }
    }

    [Fact]
    public async Task A_change_that_was_refused_outdates_nothing()
    {
        var (here, there) = await Tenant();
        var admin = await here.NewAdministrator();
        var root = (await admin.Get("/accounts")).Id("items.0.account_id");
        await Level(here);
        await Level(there);
        (await admin.Put($"/accounts/{root}", new { name = "x", settings = new { accent = "#ffffff" }, version = 1 })).Expect(422);
        (await admin.Put($"/accounts/{root}", new { name = "x", version = 9 })).Expect(409);
        Assert.Equal(("memory", "memory"), (await Level(here), await Level(there)));
    }

    [Fact]
    public async Task What_another_version_left_in_Redis_is_not_believed()
    {
        var (here, there) = await Tenant();
        Assert.Equal("database", await Level(here));
        await redis!.Say(redis.Ports[0], "SET", $"{{{here.Id}}}:cache:institution", "not what it was");
        Assert.Equal("database", await Level(there));
    }

    [Fact]
    public async Task A_session_is_read_from_Redis_and_ends_at_once_on_every_node()
    {
        var (here, there) = await Tenant();
        var email = IdentityTenant.UniqueEmail();
        var user = await here.NewSignIn(email);
        var browser = await here.Browse(email);
        (await browser.On(there).Get("/profile")).Expect(200);
        Assert.Equal(1, await Sessions(here));
        // The rows are gone and nobody was told: who is still known was read from Redis.
        var rows = await Take(here, user);
        (await browser.On(there).Get("/profile")).Expect(200);
        await Give(here, user, rows);

        var id = (await browser.Get("/sessions")).Expect(200).At("items.0.session_id").GetGuid();
        (await browser.Delete($"/sessions/{id}")).Expect(204);
        (await browser.On(there).Get("/profile")).Expect(401);
        (await browser.Get("/profile")).Expect(401);
    }

    [Fact]
    public async Task Nobody_is_signed_out_when_Redis_is_killed_and_who_was_ended_meanwhile_stays_out()
    {
        var (here, there) = await Tenant();
        var (stays, goes) = (IdentityTenant.UniqueEmail(), IdentityTenant.UniqueEmail());
        await here.NewSignIn(stays);
        var user = await here.NewSignIn(goes);
        var (one, other) = (await here.Browse(stays), await here.Browse(goes));
        foreach (var node in new[] { here, there })
        {
            (await one.On(node).Get("/profile")).Expect(200);
            (await other.On(node).Get("/profile")).Expect(200);
        }

        await redis!.Kill(redis.Ports[0]);
        foreach (var node in new[] { here, there }) (await one.On(node).Get("/profile")).Expect(200);
        await here.Do(async services => await services.GetRequiredService<Sessions>().EndAll(user, null, default));
        (await other.On(there).Get("/profile")).Expect(401);

        await redis.Start(redis.Ports[0]);
        foreach (var node in new[] { here, there, here, there })
        {
            (await one.On(node).Get("/profile")).Expect(200);
            (await other.On(node).Get("/profile")).Expect(401);
        }
    }

    [Fact]
    public async Task A_session_that_was_being_read_while_it_ended_is_not_kept()
    {
        var (here, there) = await Tenant();
        var sessions = nodes[1].Services.GetRequiredService<SharedSessions>();
        var email = IdentityTenant.UniqueEmail();
        var user = await here.NewSignIn(email);
        var browser = await here.Browse(email);
        var row = Assert.Single(await Take(here, user));
        await Give(here, user, [row]);
        await here.Do(async services => await services.GetRequiredService<Sessions>().EndAll(user, null, default));
        // A slow reader on the other node read the row before it was deleted, and keeps it after.
        await sessions.Keep(here.Id, row.TokenHash, new(row.SessionId, user, SessionKind.Browser, [], row.At, row.At.AddHours(1)));
        Assert.Null(await sessions.Find(here.Id, row.TokenHash));
        (await browser.On(there).Get("/profile")).Expect(401);
    }

    [Fact]
    public async Task Limits_are_shared_by_nodes_and_each_has_its_own_when_Redis_is_gone()
    {
        await using var one = await Limited();
        await using var two = await Limited();
        var tenant = await app.NewTenant();
        Assert.Equal(10, await Allowed(tenant.On(one), tenant.On(two)));
        await redis!.Kill(redis.Ports[0]);
        var other = await app.NewTenant();
        Assert.Equal(20, await Allowed(other.On(one), other.On(two)));

        Task<RunningHost> Limited() => app.Node(options =>
        {
            options.Redis = redis!.Endpoints;
            options.RedisTimeoutMilliseconds = 2_000;
            options.Limits = new() { TenantPerSecond = 0.001, TenantBurst = 10, PersonPerSecond = 0, AddressPerSecond = 0 };
        });

        static async Task<int> Allowed(TestTenant here, TestTenant there)
        {
            var answers = new List<Answer>();
            for (var i = 0; i < 15; i++)
                foreach (var node in new[] { here, there }) answers.Add(await node.Nobody().Get("/institution"));
            Assert.All(answers, answer => Assert.Contains((int)answer.Status, new[] { 200, 429 }));
            return answers.Count(answer => (int)answer.Status == 200);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>An institution, as each of the two nodes serves it.</summary>
    private async Task<(TestTenant Here, TestTenant There)> Tenant()
    {
        var tenant = await app.NewTenant();
        var (here, there) = (tenant.On(nodes[0]), tenant.On(nodes[1]));
        // A node that looked while the institution was being made learns a moment later that it is there.
        foreach (var node in new[] { here, there })
            await TestTenant.Eventually(
                async () => (await node.Nobody().Get("/profile")).Status is System.Net.HttpStatusCode.Unauthorized,
                "every node knows the institution");
        return (here, there);
    }

    private static async Task<string> Level(TestTenant tenant) =>
        (await tenant.Nobody().Get("/institution")).Expect(200).Headers["X-Cache"];

    private async Task<long> Sessions(TestTenant tenant) =>
        ((object?[])(await redis!.Say(redis.Ports[0], "KEYS", $"{{{tenant.Id}}}:session:*"))!).Length;

    private sealed record Row(Guid SessionId, byte[] TokenHash, DateTimeOffset At);

    private static Task<List<Row>> Take(TestTenant tenant, UserId user) => tenant.Do(services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        return db.Query<Row>(
            $"DELETE FROM sessions WHERE tenant_id = {db.Tenant} AND user_id = {user} RETURNING session_id, token_hash, created_at AS at",
            default);
    });

    private static Task<int> Give(TestTenant tenant, UserId user, IReadOnlyList<Row> rows) => tenant.Do(async services =>
    {
        var db = services.GetRequiredService<TenantDb>();
        foreach (var row in rows)
            await db.Execute($"""
                INSERT INTO sessions (tenant_id, session_id, user_id, kind, token_hash, created_at, last_seen_at, expires_at)
                VALUES ({db.Tenant}, {row.SessionId}, {user}, 'browser', {row.TokenHash}, {row.At}, {row.At}, {row.At.AddHours(1)})
                """, default);
        return rows.Count;
    });
}

/// <summary>Two nodes with one Redis, for the tests of one class.</summary>
public sealed class SharedNodes : IAsyncDisposable
{
    private readonly List<RunningHost> nodes = [];
    private RedisServers? redis;

    /// <summary>Both nodes, hearing of changes and reaching Redis, whatever an earlier test has killed.</summary>
    internal async Task<(RedisServers Redis, List<RunningHost> Nodes)> Ready(LecternApp app)
    {
        redis ??= await RedisServers.Alone();
        await redis.Revive();
        while (nodes.Count < 2) nodes.Add(await app.Node(options =>
        {
            options.Redis = redis.Endpoints;
            options.RedisTimeoutMilliseconds = 2_000;
        }));
        foreach (var node in nodes) await TestTenant.Eventually(
            async () => node.Services.GetRequiredService<CacheNews>().Hears
                && await node.Services.GetRequiredService<ISharedStore>().Read(new SharedKey(new(0), KeySpace.Cache, "any")) is not null,
            "the node hears of changes and reaches Redis");
        return (redis, nodes);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        if (redis is not null) await redis.DisposeAsync();
    }
}
