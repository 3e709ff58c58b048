using System.Text.Json;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>
/// Whose turn it is among ten thousand institutions. In a database of its own, where nobody else works: the institutions are only numbers.
/// </summary>
public sealed class JobTurnTests(LecternApp app) : IAsyncLifetime
{
    private const int Many = 10_000;
    private readonly string name = $"turns_{Guid.NewGuid():N}"[..20];
    private RunningHost? host;
    private NpgsqlDataSource? admin;

    [Fact]
    public async Task Ten_thousand_with_work_for_tomorrow_are_passed_over_without_being_looked_at()
    {
        await Add($"SELECT n, now() + interval '1 day', false, NULL FROM generate_series(1, {Many}) n");
        await Add($"VALUES ({Many + 5}, now(), true, NULL)");
        await Run("ANALYZE platform.jobs");
        Assert.InRange(await RowsLookedAt(), 1, 50);
        Assert.Equal([Many + 5], await Claimed(4));
        Assert.Empty(await Claimed(4));
    }

    [Fact]
    public async Task Work_whose_time_has_come_is_found_also_after_it_failed()
    {
        await Add("VALUES (3, now() - interval '1 second', false, NULL), (4, now() + interval '1 hour', false, NULL)");
        Assert.Equal([3], await Claimed(4));
        await Run("UPDATE platform.jobs SET state = 'ready', due = false, run_at = now() + interval '1 hour'");
        Assert.Empty(await Claimed(4));
        await Run("UPDATE platform.jobs SET run_at = now() WHERE tenant_id = 4");
        Assert.Equal([4], await Claimed(4));
    }

    [Fact]
    public async Task Thousands_that_must_wait_for_something_else_do_not_hide_one_that_need_not()
    {
        // As after a listener that failed everywhere: what comes after it waits for its second try.
        await Add($"SELECT n, now() + interval '1 hour', false, 'l/' || n || '/a' FROM generate_series(1, {Many}) n");
        await Add($"SELECT n, now(), true, 'l/' || n || '/a' FROM generate_series(1, {Many}) n");
        await Add($"VALUES ({Many + 5}, now(), true, NULL)");
        await Run("ANALYZE platform.jobs");
        var done = 0;
        // Each look goes a thousand institutions further.
        for (var looks = 0; done == 0 && looks < 20; looks++) done = await Worker.WorkOnce(Database, 1, default);
        Assert.Equal(1, done);
        Assert.Equal(1L, await One($"SELECT attempts::bigint FROM platform.jobs WHERE tenant_id = {Many + 5}"));
    }

    [Fact]
    public async Task Institutions_take_turns_and_none_is_served_twice_before_all_were_once()
    {
        await Add("SELECT n % 600 + 1, now(), true, NULL FROM generate_series(0, 1199) n");
        var served = new List<int>();
        var from = 0;
        while (served.Count < 600)
        {
            var claims = await JobQueue.Claim(Source, Of(7, from), default);
            served.AddRange(claims.Jobs.Select(job => job.Tenant.Value));
            from = claims.Jobs.Count == 0 ? 0 : claims.Jobs.Max(job => job.Tenant.Value) + 1;
        }

        Assert.Equal(600, served.Take(600).Distinct().Count());
    }

    [Fact]
    public async Task A_worker_that_is_pinned_does_its_own_institutions_jobs_and_refuses_all_others()
    {
        var tenants = host!.Services.GetRequiredService<TenantAdmin>();
        var own = await tenants.Create(new NewTenant("own", "x"), default);
        var other = await tenants.Create(new NewTenant("other", "x"), default);
        var options = Settings();
        options.WorksFor.Add(own.Slug);
        await using var pinned = await RunningHost.Start(options, new ServePart(false, true), TimeProvider.System, migrate: false);
        var mark = $"{Guid.NewGuid():N}";
        foreach (var tenant in new[] { other, own })
            await new TestTenant(pinned, tenant).Enqueue(new ProbeJob("ok", $"{mark}-{tenant.Slug}"));
        await TestTenant.Eventually(() => Task.FromResult(ProbeJobHandler.Runs.ContainsKey($"{mark}-own")), "its own work is done");
        // Asked once more, it still has nothing to do.
        Assert.Equal(0, await pinned.Services.GetRequiredService<JobWorker>().WorkOnce(Database, 4, default));
        Assert.False(ProbeJobHandler.Runs.ContainsKey($"{mark}-other"), "It did another's.");
        Assert.Equal(1L, await One(
            $"SELECT count(*) FROM platform.jobs WHERE tenant_id = {other.Id} AND state = 'ready' AND attempts = 0"));
        // Somebody who works for everybody does it.
        Assert.Equal(1, await Worker.WorkOnce(Database, 4, default));
    }

    public async ValueTask InitializeAsync()
    {
        var options = Settings();
        await using (var root = new DatabaseAccess(app.Options).Administrator("postgres"))
            await DatabaseRoles.EnsureDatabase(root, name, default);
        host = await RunningHost.Start(options, ServePart.None, TimeProvider.System, migrate: true);
        admin = NpgsqlDataSource.Create(options.Postgres);
    }

    public async ValueTask DisposeAsync()
    {
        if (admin is not null) await admin.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        await using var root = new DatabaseAccess(app.Options).Administrator("postgres");
        await using var drop = root.CreateCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private PlatformOptions Settings() => new()
    {
        Postgres = new NpgsqlConnectionStringBuilder(app.Options.Postgres) { Database = name }.ConnectionString,
        Secret = app.Options.Secret, DataFolder = app.Options.DataFolder, PooledCells = 1,
    };

    private JobWorker Worker => host!.Services.GetRequiredService<JobWorker>();

    private ShardDatabase Database => host!.Services.GetRequiredService<CoreDatabase>().Database;

    private NpgsqlDataSource Source => host!.Services.GetRequiredService<Lectern.Platform.Hosting.ShardSources>().Worker(Database);

    private static JobQueue.ClaimOf Of(int count, int from) =>
        new("test", count, TimeProvider.System.GetUtcNow().AddSeconds(5), TimeSpan.FromMinutes(1), from, null);

    private async Task<List<int>> Claimed(int count) =>
        (await JobQueue.Claim(Source, Of(count, 0), default)).Jobs.ConvertAll(job => job.Tenant.Value);

    /// <summary>Rows of (institution, when, due, key of order).</summary>
    private Task Add(string rows) => Run($$"""
        INSERT INTO platform.jobs (job_id, tenant_id, kind, body, priority, state, run_at, due, order_key, max_attempts, created_at)
        SELECT gen_random_uuid(), r.n, 'nobody.does', '{}', 5, 'ready', r.run_at, r.due, r.order_key, 3, now()
        FROM ({{rows}}) r(n, run_at, due, order_key)
        """);

    /// <summary>How many rows and index entries the claim has in hand, counted by the server itself.</summary>
    private async Task<double> RowsLookedAt()
    {
        await using var connection = await admin!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, FORMAT JSON) " + JobQueue.Take, connection);
        command.Parameters.AddWithValue(0);
        command.Parameters.AddWithValue(TimeProvider.System.GetUtcNow().UtcDateTime);
        command.Parameters.AddWithValue(4);
        command.Parameters.AddWithValue(TimeProvider.System.GetUtcNow().UtcDateTime);
        command.Parameters.AddWithValue("test");
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
        });
        command.Parameters.AddWithValue(256);
        command.Parameters.AddWithValue(int.MaxValue);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        await transaction.RollbackAsync();
        return Scans(plan.RootElement[0].GetProperty("Plan")).Sum();
    }

    private static IEnumerable<double> Scans(JsonElement node)
    {
        if (node.TryGetProperty("Relation Name", out _))
        {
            var rows = node.GetProperty("Actual Rows").GetDouble()
                + (node.TryGetProperty("Rows Removed by Filter", out var removed) ? removed.GetDouble() : 0);
            yield return rows * node.GetProperty("Actual Loops").GetDouble();
        }

        if (!node.TryGetProperty("Plans", out var below)) yield break;
        foreach (var inner in below.EnumerateArray().SelectMany(Scans)) yield return inner;
    }

    private async Task Run(string sql)
    {
        await using var command = admin!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> One(string sql)
    {
        await using var command = admin!.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
