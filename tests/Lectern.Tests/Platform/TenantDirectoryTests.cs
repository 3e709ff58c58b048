using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Lectern.Tests.Platform;

/// <summary>
/// What a process knows of the catalogue, and how it learns what others have changed: in an installation of its own, changed from
/// outside as another process would.
/// </summary>
public sealed class TenantDirectoryTests(LecternApp app) : IAsyncLifetime
{
    private readonly string name = $"catalogue_{Guid.NewGuid():N}"[..24];
    private readonly Hands clock = new();
    private NpgsqlDataSource admin = null!;
    private TenantDirectory directory = null!;

    public async ValueTask InitializeAsync()
    {
        var access = new DatabaseAccess(app.Options);
        await using (var root = access.Administrator("postgres")) await DatabaseRoles.EnsureDatabase(root, name, default);
        var connection = new NpgsqlConnectionStringBuilder(app.Options.Postgres) { Database = name };
        var options = new PlatformOptions { Postgres = connection.ConnectionString, Secret = app.Options.Secret, PooledCells = 1 };
        var core = new CoreDatabase(new ShardDatabase(1, connection.Host!, connection.Port, name));
        directory = new TenantDirectory(access, core, clock);
        var plan = new Product([]).Migrations;
        await new Installation(new DatabaseAccess(options), core, plan, directory, options, NullLogger<Installation>.Instance)
            .Prepare(default);
        admin = access.Administrator(name);
        // From here on it is told what is new only by asking again, as in a process that serves.
        await directory.Refresh(default);
        directory.IsWatched = true;
    }

    [Fact]
    public async Task What_another_process_changes_is_known_after_the_next_look()
    {
        await Add("north");
        var north = await directory.Find("NORTH", default);
        Assert.Equal(TenantState.Active, north!.State);

        await Run("UPDATE platform.tenants SET state = 'suspended', era = 2 WHERE slug = 'north'");
        Assert.Equal(TenantState.Active, (await directory.Find("north", default))!.State);
        await directory.Refresh(default);
        Assert.Equal((TenantState.Suspended, 2), ((await directory.Find(north.Id, default))!.State, (await Find("north"))!.Era));

        await Run("UPDATE platform.tenants SET state = 'deleted' WHERE slug = 'north'");
        await directory.Refresh(default);
        Assert.Null(await directory.Find("north", default));
        Assert.Null(await directory.Find(north.Id, default));
    }

    [Fact]
    public async Task One_that_was_being_made_at_the_last_look_is_looked_at_again()
    {
        await Add("north");
        await Run("UPDATE platform.tenants SET state = 'creating'");
        await directory.Refresh(default);
        Assert.Equal(TenantState.Creating, (await directory.Find("north", default))!.State);

        await Run("UPDATE platform.tenants SET state = 'active'");

        Assert.Equal(TenantState.Active, (await directory.Find("north", default))!.State);
    }

    [Fact]
    public async Task What_this_process_changed_is_never_read_from_before_while_somebody_asks()
    {
        await Add("north");
        Assert.Equal(TenantState.Active, (await directory.Find("north", default))!.State);
        await Run("UPDATE platform.tenants SET state = 'suspended'");
        directory.Forget();

        var asking = directory.Refresh(default);
        var found = await directory.Find("north", default);

        Assert.Equal(TenantState.Suspended, found!.State);
        await asking;
    }

    [Fact]
    public async Task Domains_come_go_and_change_hands()
    {
        await Add("north");
        await Add("south");
        await Run("INSERT INTO platform.tenant_domains SELECT 'learn.example.org', tenant_id FROM platform.tenants WHERE slug = 'north'");
        Assert.Null(await Find("learn.example.org"));
        await Run("UPDATE platform.tenant_domains SET verified_at = now()");
        Assert.Equal("north", (await Find("learn.example.org"))!.Slug);
        await Run("""
            UPDATE platform.tenant_domains SET tenant_id = (SELECT tenant_id FROM platform.tenants WHERE slug = 'south');
            UPDATE platform.tenants SET name = 'North again' WHERE slug = 'north'
            """);
        Assert.Equal("south", (await Find("learn.example.org"))!.Slug);
        await Run("DELETE FROM platform.tenant_domains");
        Assert.Null(await Find("learn.example.org"));
        Assert.Equal("South", (await Find("south"))!.Name);
    }

    [Fact]
    public async Task A_change_that_commits_late_is_not_missed()
    {
        await Add("north");
        await Add("south");
        await using var slow = await admin.OpenConnectionAsync();
        await using (var transaction = await slow.BeginTransactionAsync())
        {
            await using (var first = new NpgsqlCommand("UPDATE platform.tenants SET name = 'Late' WHERE slug = 'north'", slow))
                await first.ExecuteNonQueryAsync();
            var second = Run("UPDATE platform.tenants SET name = 'Later' WHERE slug = 'south'");
            await directory.Refresh(default);
            await transaction.CommitAsync();
            await second;
        }

        Assert.Equal(("Late", "Later"), ((await Find("north"))!.Name, (await Find("south"))!.Name));
    }

    [Fact]
    public async Task An_unknown_name_is_asked_for_at_once_and_then_for_a_while_not()
    {
        Assert.Null(await directory.Find("west", default));
        await Add("west");
        Assert.Null(await directory.Find("west", default));
        clock.Move(TenantDirectory.Fresh);
        Assert.NotNull(await directory.Find("west", default));

        await Add("east");
        Assert.NotNull(await directory.Find("east", default));
        Assert.Null(await directory.Find("middle", default));
        await Add("middle");
        directory.Forget();
        Assert.NotNull(await directory.Find("middle", default));
    }

    [Fact]
    public async Task A_row_removed_by_hand_is_gone_when_all_is_read_again()
    {
        await Add("north");
        Assert.NotNull(await Find("north"));
        await Run("DELETE FROM platform.tenants");
        Assert.NotNull(await Find("north"));
        clock.Move(TimeSpan.FromMinutes(6));
        Assert.Null(await Find("north"));
    }

    [Fact]
    public async Task Without_its_database_what_is_known_can_be_found_but_not_confirmed()
    {
        await Add("north");
        Assert.NotNull(await Find("north"));
        await Close();
        clock.Move(TimeSpan.FromMinutes(1));
        Assert.Equal("north", (await directory.Find("north", default))!.Slug);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => directory.Confirm(default));
        Assert.Equal("north", (await directory.Find("north", default))!.Slug);

        await Allow(true);
        await directory.Confirm(default);
    }

    public async ValueTask DisposeAsync()
    {
        await directory.DisposeAsync();
        await admin.DisposeAsync();
        await Root($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private async Task<Tenant?> Find(string slug)
    {
        await directory.Refresh(default);
        clock.Move(TenantDirectory.Fresh);
        return await directory.Find(slug, default);
    }

    private Task Add(string slug) => Run($"""
        INSERT INTO platform.tenants (slug, name, state, cell_id)
        SELECT '{slug}', initcap('{slug}'), 'active', cell_id FROM platform.cells LIMIT 1
        """);

    private async Task Run(string text)
    {
        await using var command = admin.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Close()
    {
        await Allow(false);
        await Root($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    private Task Allow(bool connections) => Root($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS {connections}");

    private async Task Root(string text)
    {
        await using var root = new DatabaseAccess(app.Options).Administrator("postgres");
        await using var command = root.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A clock whose elapsed time the test moves.</summary>
    private sealed class Hands : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref now);

        public void Move(TimeSpan by) => Interlocked.Add(ref now, by.Ticks);
    }
}
