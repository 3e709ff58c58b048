using Lectern.Platform.Access;
using Lectern.Platform.Hosting;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>Operators see the whole installation, and nobody else does.</summary>
public sealed class ClusterViewTests(LecternApp app)
{
    [Fact]
    public async Task Operators_see_processes_databases_and_institutions_by_plan()
    {
        var tenant = await app.NewTenant();
        var operating = await tenant.NewPerson(role: Role.Operator);
        Answer? seen = null;
        await TestTenant.Eventually(async () =>
        {
            seen = (await operating.Get("/operator/cluster")).Expect(200);
            return seen.At("nodes").EnumerateArray().Any(node => node.GetProperty("name").GetString() == Name);
        }, "this process has told of itself");

        var node = seen!.At("nodes").EnumerateArray().Single(one => one.GetProperty("name").GetString() == Name);
        Assert.Equal("serving", node.GetProperty("state").GetString());
        Assert.True(node.GetProperty("memory_bytes").GetInt64() > 0);
        Assert.True(node.GetProperty("disk_free_bytes").GetInt64() > 0);
        var shard = seen.At("shards").EnumerateArray().First();
        Assert.True(shard.GetProperty("answers").GetBoolean());
        Assert.True(shard.GetProperty("institutions").GetInt64() > 0);
        Assert.Contains(shard.GetProperty("readers").EnumerateArray(), reader => reader.GetProperty("name").GetString() == "relay");
        Assert.Contains(seen.At("plans").EnumerateArray(), plan => plan.GetProperty("name").GetString() == tenant.Tenant.Plan);
        Assert.DoesNotContain(tenant.Slug, seen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_it()
    {
        var tenant = await app.NewTenant();
        (await tenant.Nobody().Get("/operator/cluster")).Expect(401);
        (await (await tenant.NewAdministrator()).Get("/operator/cluster")).Expect(403);
        (await (await tenant.NewPerson(role: Role.Instructor)).Get("/operator/cluster")).Expect(403);
        // What somebody may do at home, a stranger's address does not allow.
        var operating = await tenant.NewPerson(role: Role.Operator);
        var foreign = new Uri(app.Host.Address, $"/t/{(await app.NewTenant()).Slug}/api/v1/operator/cluster");
        (await operating.Get(foreign.ToString())).Expect(401);
    }

    [Fact]
    public async Task Who_falls_silent_is_seen_and_a_database_that_is_away_holds_nobody_up()
    {
        var services = app.Host.Services;
        var core = services.GetRequiredService<CoreDatabase>();
        var gone = $"gone-{Guid.NewGuid():N}";
        var worker = services.GetRequiredService<ShardSources>().Worker(core.Database);
        await using (var command = worker.CreateCommand(
            """
            INSERT INTO platform.nodes (
                name, target, version, started_at, seen_at, draining, cores_used, memory_bytes, disk_free_bytes, live_streams, away)
            VALUES ($1, 'worker', '0.1.0', now() - interval '2 hours', now() - interval '1 hour', true, 0, 1, 1, 0, '{}')
            """))
        {
            command.Parameters.AddWithValue(gone);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var view = services.GetRequiredService<ClusterView>();
        var node = (await view.Nodes(default)).Single(one => one.Name == gone);
        Assert.Equal(ClusterView.NodeState.Silent, node.State);
        Assert.All(await view.Shards(default), shard => Assert.True(shard.Answers));
        Assert.False((await view.Look(new ShardDatabase(99, "127.0.0.1", 1, "nowhere"), 0, default)).Answers);
    }

    private string Name => app.Host.Services.GetRequiredService<NodeIdentity>().Name;
}
