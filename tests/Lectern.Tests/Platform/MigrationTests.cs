using System.Security.Cryptography;
using System.Text;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>Migrations run once in each cell, whatever kills the runner, and one bad cell does not stop the rest.</summary>
public sealed class MigrationTests(LecternApp app) : IAsyncDisposable
{
    private readonly List<TenantDirectory> opened = [];
    private readonly string database = $"migrations_{Guid.NewGuid():N}"[..30];

    [Fact]
    public async Task A_runner_killed_half_way_is_taken_over_at_once()
    {
        var (installation, admin) = await Install(Step("CREATE TABLE one (tenant_id int)"));
        await installation.Prepare(default);
        plan = Plan(
            Step("CREATE TABLE one (tenant_id int)"), Step("SELECT pg_advisory_xact_lock(4242); CREATE TABLE two (tenant_id int)"));
        await using var holder = await admin.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await Run(holder, "SELECT pg_advisory_lock(4242)");
        var killed = Again().MigrateCells(new MigrationRun(), default);
        const string Waiting = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'";
        await TestTenant.Eventually(async () => await One<long>(admin, $"SELECT count(*) {Waiting}") == 1, "the second step has begun");
        await Run(holder, $"SELECT pg_terminate_backend(pid) {Waiting}");
        await Record.ExceptionAsync(() => killed);
        Assert.Equal(1, await Version(admin, "cell_01"));
        await Run(holder, "SELECT pg_advisory_unlock(4242)");

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Again().Prepare(default);
        Assert.Equal(2, await Version(admin, "cell_01"));
        Assert.Equal(2, await Version(admin, "cell_03"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"Taking over took {clock.Elapsed}.");
    }

    [Fact]
    public async Task A_migration_changed_after_it_ran_is_refused()
    {
        var (installation, admin) = await Install(Step("CREATE TABLE one (tenant_id int)"));
        await installation.Prepare(default);
        plan = Plan(Step("CREATE TABLE one (tenant_id int, changed int)"), Step("CREATE TABLE two (tenant_id int)"));
        var report = await Again().MigrateCells(new MigrationRun(), default);
        Assert.Contains("changed after it ran", Assert.Single(report.Failed).Error, StringComparison.Ordinal);
        Assert.Equal(1, await Version(admin, "cell_01"));
        Assert.Equal(0L, await One<long>(admin, "SELECT count(*) FROM platform.schema_state WHERE lease_until IS NOT NULL"));
    }

    [Fact]
    public async Task A_migration_that_fails_stops_only_its_cell_and_goes_on_when_mended()
    {
        var (installation, admin) = await Install(Step("CREATE TABLE one (tenant_id int)"));
        await installation.Prepare(default);
        await One<object>(admin, "CREATE TABLE cell_02.two (in_the_way int)");
        plan = Plan(Step("CREATE TABLE one (tenant_id int)"), Step("CREATE TABLE two (tenant_id int)"));

        var report = await Again().MigrateCells(new MigrationRun(), default);
        Assert.Equal(["cell_02"], report.Failed.Select(failed => failed.Cell));
        Assert.Equal((2, 1, 2), (await Version(admin, "cell_01"), await Version(admin, "cell_02"), await Version(admin, "cell_03")));
        Assert.Contains("already exists",
            await One<string>(admin,
                "SELECT last_error FROM platform.schema_state WHERE schema_name = 'cell_02' AND migration_set = 'test'"),
                StringComparison.Ordinal);

        await One<object>(admin, "DROP TABLE cell_02.two");
        Assert.Equal(1, (await Again().MigrateCells(new MigrationRun(), default)).Migrated);
        Assert.Equal(2, await Version(admin, "cell_02"));
    }

    [Fact]
    public async Task The_version_before_serves_beside_the_new_one()
    {
        var (installation, admin) = await Install(Step("CREATE TABLE one (tenant_id int)"), Step("ALTER TABLE one ADD COLUMN more int"));
        await installation.Prepare(default);
        plan = Plan(Step("CREATE TABLE one (tenant_id int)"));
        await Again().Prepare(default);
        Assert.Equal(2, await Version(admin, "cell_01"));
    }

    [Fact]
    public async Task Two_runners_at_once_do_each_step_once()
    {
        var (installation, admin) = await Install(Step("CREATE TABLE one (tenant_id int)"), Step("CREATE TABLE two (tenant_id int)"));
        await installation.Prepare(default);
        plan = Plan([.. plan.Cell[1].Migrations.Select(step => step.Text), .. Enumerable.Range(3, 4).Select(
            i => $"SELECT pg_sleep(0.05); CREATE TABLE t{i} (tenant_id int)")]);
        await Task.WhenAll(Again().MigrateCells(new MigrationRun(), default), Again().MigrateCells(new MigrationRun(), default));
        Assert.Equal(6L, await One<long>(
            admin, "SELECT count(*) FROM platform.applied_migrations WHERE schema_name = 'cell_03' AND migration_set = 'test'"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var directory in opened) await directory.DisposeAsync();
        await using var admin = new DatabaseAccess(app.Options).Administrator("postgres");
        await using var drop = admin.CreateCommand($"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private MigrationPlan plan = null!;

    private async Task<(Installation, NpgsqlDataSource)> Install(params string[] steps)
    {
        plan = Plan(steps);
        var access = new DatabaseAccess(app.Options);
        await using (var root = access.Administrator("postgres")) await DatabaseRoles.EnsureDatabase(root, database, default);
        return (Again(), access.Administrator(database));
    }

    /// <summary>Another process of this installation, with the plan as it now is.</summary>
    private Installation Again()
    {
        var connection = new NpgsqlConnectionStringBuilder(app.Options.Postgres) { Database = database };
        var options = new PlatformOptions { Postgres = connection.ConnectionString, Secret = app.Options.Secret, PooledCells = 3 };
        var access = new DatabaseAccess(options);
        var core = new CoreDatabase(new ShardDatabase(1, connection.Host!, connection.Port, database));
        var directory = new TenantDirectory(access, core, TimeProvider.System);
        opened.Add(directory);
        return new Installation(access, core, plan, directory, options, NullLogger<Installation>.Instance);
    }

    private static MigrationPlan Plan(params string[] steps) => new(
        MigrationSet.From("catalogue", typeof(PlatformOptions).Assembly, "Directory"),
            MigrationSet.From("shard", typeof(PlatformOptions).Assembly, "Shard"),
        [MigrationSet.From("platform", typeof(PlatformOptions).Assembly, "Cell"), new MigrationSet(
            "test", [.. steps.Select((text, at) => Written(at + 1, text))])]);

    private static Migration Written(int version, string text) =>
        new("test", version, $"{version:0000}_step", text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private static string Step(string text) => text;

    private static Task<int> Version(NpgsqlDataSource admin, string schema) =>
        One<int>(admin, $"""
            SELECT COALESCE((SELECT version FROM platform.schema_state WHERE schema_name = '{schema}' AND migration_set = 'test'), 0)
            """);

    private static async Task<T> One<T>(NpgsqlDataSource admin, string sql)
    {
        try
        {
            await using var command = admin.CreateCommand(sql);
            return (T)(await command.ExecuteScalarAsync())!;
        }
        catch (PostgresException early) when (early.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return default!;
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
