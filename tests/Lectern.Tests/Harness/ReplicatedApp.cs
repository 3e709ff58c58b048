using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Harness;

/// <summary>An installation of its own over a primary and a streaming standby, either of which may be stopped and started again.</summary>
public sealed class ReplicatedApp : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lectern-pair-{Guid.NewGuid():N}");
    private EmbeddedPostgres? primary;
    private EmbeddedPostgres? standby;
    private RunningHost? host;

    internal RunningHost Host => host!;

    internal PlatformOptions Options { get; private set; } = null!;

    internal IServiceProvider Services => Host.Services;

    internal Replica Standby { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        await StartPrimary();
        var connection = new NpgsqlConnectionStringBuilder(primary!.AdminConnectionString) { Host = "127.0.0.1" };
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString)) await DatabaseRoles.EnsureDatabase(
            admin, "lectern", default);
        connection.Database = "lectern";
        Options = new PlatformOptions
        {
            Postgres = connection.ConnectionString,
            Secret = new string('r', 40), DataFolder = folder, PooledCells = 1, ReplicaLagSeconds = 3,
        };
        host = await RunningHost.Start(Options, ServePart.All, TimeProvider.System, migrate: true);
        await StandbyCopy.Make(connection.ConnectionString, Path.Combine(folder, "primary"), Path.Combine(folder, "standby"));
        await StartStandby();
        Standby = new Replica("127.0.0.1", standby!.Port, [ReadPurpose.App]);
        await Services.GetRequiredService<ShardAdmin>().AddReplica("main", Standby, default);
    }

    internal async Task<TestTenant> NewTenant(CellKind placement = CellKind.Pooled)
    {
        var slug = $"t{Guid.NewGuid():N}"[..20];
        return new TestTenant(Host, await Services.GetRequiredService<TenantAdmin>().Create(new NewTenant(slug, slug, placement), default));
    }

    internal Task OnPrimary(string sql) => Run(primary!.AdminConnectionString, sql);

    internal Task OnStandby(string sql) => Run(standby!.AdminConnectionString, sql);

    internal Task StopPrimary() => primary!.Stop();

    internal Task StopStandby() => standby!.Stop();

    internal async Task StartPrimary() => primary = await EmbeddedPostgres.Start(
        Place("primary") with { Settings = new Dictionary<string, string> { ["wal_keep_size"] = "512MB" } }, default);

    internal async Task StartStandby()
    {
        var upstream = new NpgsqlConnectionStringBuilder(primary!.AdminConnectionString);
        standby = await EmbeddedPostgres.Start(Place("standby") with
        {
            Settings = new Dictionary<string, string>
            {
                ["primary_conninfo"] = $"host=127.0.0.1 port={upstream.Port} user={upstream.Username} password={upstream.Password}",
            },
        }, default);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (standby is not null) await standby.DisposeAsync();
        if (primary is not null) await primary.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private EmbeddedPostgresOptions Place(string name) =>
        new() { Directory = Path.Combine(folder, name), Durable = false, MaxConnections = 100, SharedBuffersMegabytes = 32 };

    private static async Task Run(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Database = "lectern" });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
