using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>Two servers, one installation: who lives where, how they move between them, and what happens when one is away.</summary>
public sealed class ShardTests(ShardedApp app, ITestOutputHelper output) : IClassFixture<ShardedApp>
{
    [Fact]
    public async Task An_institution_begins_where_its_size_belongs_and_never_where_it_must_not_be()
    {
        var small = await app.NewTenant(SizeTier.Small);
        var large = await app.NewTenant(SizeTier.Large);
        var own = await app.NewTenant(SizeTier.Large, CellKind.Database);
        Assert.Equal("main", Shard(small).Label);
        Assert.Equal("far", Shard(large).Label);
        Assert.Equal(("far", "eu", true), (Shard(own).Cluster, Shard(own).Region, Shard(own).Dedicated));
        (await (await own.NewNumber(Role.Administrator)).Post("/probes", new { name = "there" })).Expect(201);

        var admin = app.Services.GetRequiredService<TenantAdmin>();
        var pinned = new NewTenant("pinned-nowhere", "x", Region: "asia");
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => admin.Create(pinned, default));
        Assert.Contains("in region 'asia'", refused.Message, StringComparison.Ordinal);
        Assert.Null(await Directory.Find("pinned-nowhere", default));

        var stays = await admin.Create(
            new NewTenant("stays-in-eu", "x", Region: "eu") { Cluster = "far", Tier = SizeTier.Large }, default);
        var moved = await Assert.ThrowsAsync<ArgumentException>(
            () => Mover.Move(stays, new MoveTo(CellKind.Pooled, Shard: "main"), default));
        Assert.Contains("is pinned to region 'eu'", moved.Message, StringComparison.Ordinal);
        var byCell = await Assert.ThrowsAsync<ArgumentException>(() => Mover.Move(stays, new MoveTo(CellKind.Pooled, "cell_01"), default));
        Assert.Contains("is pinned to region 'eu'", byCell.Message, StringComparison.Ordinal);
        Assert.Equal(TenantState.Active, (await Directory.Find(stays.Id, default))!.State);
    }

    [Fact]
    public async Task Ten_thousand_rows_move_to_another_cluster_within_a_minute_and_back()
    {
        var tenant = await app.NewTenant(SizeTier.Small);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "before" })).Expect(201);
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:before") == 1, "what it raised is heard before it is summed");
        await tenant.AdminRun($"""
            INSERT INTO {tenant.Tenant.Cell.Schema}.scopes (tenant_id, scope, path)
            SELECT {tenant.Id}, 'mass:' || i, ARRAY['institution'] FROM generate_series(1, 10000) i
            """);
        var sums = await Sums(tenant);

        var there = await Mover.Move(tenant.Tenant, new MoveTo(CellKind.Pooled, Shard: "far"), default);
        output.WriteLine($"read-only for {there.ReadOnly.TotalSeconds:0.0} s on the way there");
        var moved = await Again(tenant);
        Assert.Equal("far", Shard(moved).Label);
        Assert.Equal(sums, await Sums(moved));
        Assert.Contains(there.Tables, table => table is { Table: "scopes", Rows: > 10_000 });
        Assert.True(there.ReadOnly < TimeSpan.FromMinutes(1), $"It could not be changed for {there.ReadOnly}.");
        (await person.Post("/probes", new { name = "after" })).Expect(201);
        await TestTenant.Eventually(async () => await moved.Count("heard:%:after") == 1, "events are heard in the other cluster");

        await Mover.Move(moved.Tenant, new MoveTo(CellKind.Schema, Shard: "main"), default);
        var back = await Again(tenant);
        Assert.Equal(("main", CellKind.Schema), (Shard(back).Label, back.Tenant.Cell.Kind));
        Assert.Equal(1, await back.Count("probe:after:%"));
        Assert.Equal(0L, await moved.Admin<long>($"SELECT count(*) FROM {moved.Tenant.Cell.Schema}.scopes WHERE tenant_id = {tenant.Id}"));
        Assert.Empty((await app.Services.GetRequiredService<AuditVerifier>().Verify(back.Tenant, default)).Faults);
    }

    [Fact]
    public async Task A_mover_killed_at_any_step_is_taken_up_by_the_same_command()
    {
        var tenant = await app.NewTenant(SizeTier.Small, CellKind.Schema);
        var person = await tenant.NewNumber(Role.Administrator);
        (await person.Post("/probes", new { name = "before" })).Expect(201);
        await TestTenant.Eventually(async () => await tenant.Count("heard:%:before") == 1, "what it raised is heard before it is summed");
        var sums = await Sums(tenant);
        foreach (var step in new[] { "frozen", "switched", "serving" })
        {
            using var mover = app.Command("tenants", "move", tenant.Slug, "--to", "pooled", "--shard", "far");
            while (!mover.HasExited && await Step(tenant) != step) await Task.Delay(20, TestContext.Current.CancellationToken);
            output.WriteLine($"killed at {await Step(tenant) ?? "the end"}");
            if (!mover.HasExited) mover.Kill();
            await mover.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (await Step(tenant) is null) break;
            (await person.Get("/probes")).Expect(200);
        }

        // The last was perhaps quicker than we are; then there is nothing left to take up.
        if (await Step(tenant) is not null)
        {
            using var last = app.Command("tenants", "move", tenant.Slug, "--to", "pooled", "--shard", "far");
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, last.ExitCode);
        }

        Directory.Forget();
        var moved = await Again(tenant);
        Assert.Equal(("far", TenantState.Active, 2), (Shard(moved).Label, moved.Tenant.State, moved.Tenant.Era));
        Assert.Equal(sums, await Sums(moved));
        (await person.Post("/probes", new { name = "after" })).Expect(201);
        Assert.Empty((await app.Services.GetRequiredService<AuditVerifier>().Verify(moved.Tenant, default)).Faults);
        Assert.False(await tenant.Admin<bool>(
            $"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{tenant.Tenant.Cell.Schema}')"));
    }

    [Fact]
    public async Task A_drained_shard_takes_nobody_and_an_inhabited_one_is_not_removed()
    {
        var shards = app.Services.GetRequiredService<ShardAdmin>();
        var there = new NpgsqlConnectionStringBuilder(app.Options.Administrators["far"]);
        var wanted = new NewShard("second", there.Host!, there.Port, "second", "far", 1) { Region = "moon" };
        Assert.Equal((await shards.Add(wanted, default)).Id, (await shards.Add(wanted, default)).Id);
        var admin = app.Services.GetRequiredService<TenantAdmin>();
        var tenant = await admin.Create(new NewTenant("on-the-moon", "x", Region: "moon"), default);
        Assert.Equal(tenant.Id, Assert.Single(await shards.Inhabitants("second", default)).Id);

        var inhabited = await Assert.ThrowsAsync<ArgumentException>(() => shards.Remove("second", default));
        Assert.Contains("still holds 1 institutions", inhabited.Message, StringComparison.Ordinal);
        await shards.SetDraining("second", true, default);
        await Assert.ThrowsAsync<ArgumentException>(() => admin.Create(new NewTenant("late-to-the-moon", "x", Region: "moon"), default));
        await Assert.ThrowsAsync<ArgumentException>(() => shards.Remove("main", default));

        var erasure = app.Services.GetRequiredService<TenantErasure>();
        await erasure.Delete(tenant, default);
        await erasure.EraseNow(tenant.Slug, default);
        await shards.Remove("second", default);
        Assert.DoesNotContain(Directory.Databases, shard => shard.Label == "second");
    }

    [Fact]
    public async Task Draining_moves_the_suspended_and_names_and_counts_the_deleted()
    {
        var shards = app.Services.GetRequiredService<ShardAdmin>();
        var there = new NpgsqlConnectionStringBuilder(app.Options.Administrators["far"]);
        await shards.Add(new NewShard("third", there.Host!, there.Port, "third", "far", 1), default);
        var admin = app.Services.GetRequiredService<TenantAdmin>();
        var (held, gone) = (await Here("held"), await Here("gone"));
        await held.NewNumber(Role.Administrator);
        await admin.SetState(held.Id, TenantState.Suspended, default);
        await app.Services.GetRequiredService<TenantErasure>().Delete(gone.Tenant, default);
        Assert.Equal(
            [(held.Id, TenantState.Suspended), (gone.Id, TenantState.Deleted)],
            (await shards.Inhabitants("third", default)).Select(tenant => (tenant.Id, tenant.State)));
        // Nothing happens in it, here or there.
        var work = await held.Enqueue(new ProbeJob("ok", Guid.NewGuid().ToString("N")));
        var sums = await Sums(held);

        using var drain = app.Command("shards", "drain", "third");
        var (said, complained) = (drain.StandardOutput.ReadToEndAsync(), drain.StandardError.ReadToEndAsync());
        await drain.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, drain.ExitCode);
        Assert.Contains($"{held.Slug} moved from", await said, StringComparison.Ordinal);
        Assert.Contains("1 institutions stayed", await said, StringComparison.Ordinal);
        Assert.Contains($"{gone.Slug} stays: it is deleted", await complained, StringComparison.Ordinal);

        Directory.Forget();
        var moved = await Again(held);
        Assert.Equal(("main", TenantState.Suspended), (Shard(moved).Label, moved.Tenant.State));
        Assert.Equal(sums, await Sums(moved));
        Assert.NotEqual("done", await moved.JobState(work));
        await app.Services.GetRequiredService<TenantErasure>().EraseNow(gone.Slug, default);
        await shards.Remove("third", default);

        async Task<TestTenant> Here(string name) => new(app.Host, await admin.Create(
            new NewTenant($"{name}-{Guid.NewGuid():N}"[..20], name) { Shard = "third" }, default));
    }

    private TenantDirectory Directory => app.Services.GetRequiredService<TenantDirectory>();

    private TenantMover Mover => app.Services.GetRequiredService<TenantMover>();

    private ShardDatabase Shard(TestTenant tenant) => Directory.Database(tenant.Tenant.Cell.DatabaseId);

    private async Task<TestTenant> Again(TestTenant tenant) => new(app.Host, (await Directory.Find(tenant.Id, default))!);

    private async Task<string?> Step(TestTenant tenant)
    {
        await using var source = NpgsqlDataSource.Create(app.Options.Postgres);
        await using var command = source.CreateCommand($"SELECT step FROM platform.tenant_moves WHERE tenant_id = {tenant.Id}");
        return await command.ExecuteScalarAsync() as string;
    }

    /// <summary>Rows and checksums of everything but the log, which goes on while an institution moves.</summary>
    private static async Task<List<TableSum>> Sums(TestTenant tenant)
    {
        await using var source = tenant.AdminSource();
        await using var connection = await source.OpenConnectionAsync();
        var sums = new List<TableSum>();
        foreach (var table in await TenantTable.Of(connection, tenant.Tenant.Cell.Schema, default))
        {
            if (!table.Name.StartsWith("audit_", StringComparison.Ordinal)) sums.Add(await table.Sum(connection, tenant.Id, default));
        }

        return sums;
    }
}
