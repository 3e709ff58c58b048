using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>How many connections an institution's cell has, who waits for one, and what whoever waits or takes too long is told.</summary>
public sealed class ConnectionTests(LecternApp app)
{
    [Fact]
    public async Task The_twenty_first_waits_until_one_of_twenty_is_given_back()
    {
        await using var node = await app.Node(_ => { });
        var tenant = (await app.NewTenant(CellKind.Database)).On(node);
        await node.Services.GetRequiredService<TenantDirectory>().Refresh(default);
        var sources = node.Services.GetRequiredService<CellSources>();
        // Made by the first who asks, however many ask first at once.
        var pools = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => sources.For(tenant.Tenant.Cell))));
        var pool = Assert.Single(pools.Distinct());

        using var scope = node.Services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<TenantContext>();
        context.Set(tenant.Tenant, Actor.System(tenant.Id));
        var held = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => pool.Open(context, default)));
        var next = pool.Open(context, default);
        Assert.False(next.IsCompleted);
        Assert.Equal(1, pool.Gate.Waiting);
        var servers = held.Select(connection => connection.Open.ProcessID).ToList();
        Assert.Equal(20, servers.Distinct().Count());

        await held[0].DisposeAsync();
        await using var last = await next;
        Assert.Contains(last.Open.ProcessID, servers);
        foreach (var connection in held.Skip(1)) await connection.DisposeAsync();
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_to_come_back_and_nothing_was_changed()
    {
        var (tenant, pool, node) = await OneConnection();
        await using (node)
        {
            var person = await tenant.NewNumber();
            await using (var held = await Hold(tenant, pool))
            {
                var refused = (await person.Post("/probes", new { name = "late" })).Refused(503, "overloaded");
                Assert.InRange(int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 10);
            }

            Assert.Equal(0, await tenant.Count("probe:late:%"));
            (await person.Post("/probes", new { name = "late" })).Expect(201);
            Assert.Contains("where=\"waited\"", (await person.Send(HttpMethod.Get, $"{node.Address}metrics", null)).Text,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("state = 'moving'")]
    [InlineData("state = 'suspended'")]
    [InlineData("era = era + 1")]
    public async Task Who_waited_while_the_institution_moved_writes_nothing_where_it_was(string moved)
    {
        var (tenant, pool, node) = await OneConnection();
        await using (node)
        {
            var person = await tenant.NewNumber();
            var admin = app.Host.Services.GetRequiredService<TenantAdmin>();
            var directory = node.Services.GetRequiredService<TenantDirectory>();
            Task<Answer> writing;
            await using (var held = await Hold(tenant, pool))
            {
                writing = person.Post("/probes", new { name = "stray" });
                await TestTenant.Eventually(() => Task.FromResult(pool.Gate.Waiting == 1 || writing.IsCompleted), "it waits for its turn");
                await admin.Run($"UPDATE platform.tenants SET {Sql.Raw(moved)} WHERE tenant_id = {tenant.Id}", default);
                await directory.Refresh(default);
            }

            // On a machine where it waited too long it is refused as well, and that is as good.
            Assert.Contains((await writing).Code, new[] { "institution_moving", "overloaded" });
            await admin.Run($"UPDATE platform.tenants SET state = 'active' WHERE tenant_id = {tenant.Id}", default);
            // Nothing was written, and the connection it had waited for is free again.
            Assert.Equal(0, await tenant.Count("probe:stray:%"));
            await directory.Refresh(default);
            (await person.Post("/probes", new { name = "stray" })).Expect(201);
        }
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_said_so_and_the_database_is_not_thought_away()
    {
        await using var node = await app.Node(options => options.StatementSeconds = 5);
        var person = await (await app.NewTenant()).On(node).NewNumber();
        var refused = (await person.Get("/probes/report?seconds=30")).Refused(503, "too_slow");
        Assert.Equal("5", refused.Headers["Retry-After"]);
        (await person.Get("/probes/place")).Expect(200);
        (await person.Post("/probes", new { name = "after" })).Expect(201);
    }

    /// <summary>A node with a single connection to the institution's cell.</summary>
    private async Task<(TestTenant Tenant, CellPool Pool, RunningHost Node)> OneConnection()
    {
        var tenant = await app.NewTenant();
        var node = await app.Node(options => options.CellPoolSize = 1);
        return (tenant.On(node), node.Services.GetRequiredService<CellSources>().For(tenant.Tenant.Cell), node);
    }

    private static async Task<CellConnection> Hold(TestTenant tenant, CellPool pool)
    {
        using var scope = tenant.Host.Services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<TenantContext>();
        context.Set(tenant.Tenant, Actor.System(tenant.Id));
        return await pool.Open(context, default);
    }
}
