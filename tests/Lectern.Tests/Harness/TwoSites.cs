using Lectern.Commands;
using Lectern.Platform.Sites;
using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Tests.Harness;

/// <summary>An installation in two sites: <c>a</c> with a primary and a running process, <c>b</c> with a standby that follows it.</summary>
internal sealed class TwoSites : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lectern-sites-{Guid.NewGuid():N}");
    private EmbeddedPostgres? a;
    private EmbeddedPostgres? b;
    private RunningHost? host;

    /// <summary>The process of site a.</summary>
    public RunningHost Host => host!;

    public PlatformOptions AtA { get; private set; } = null!;

    public PlatformOptions AtB { get; private set; } = null!;

    public static async Task<TwoSites> Start()
    {
        var sites = new TwoSites();
        await sites.Open();
        return sites;
    }

    public async Task<TestTenant> NewTenant(string slug = "kept", CellKind placement = CellKind.Pooled) => new(
        Host, await Host.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant(slug, slug, placement), default));

    public Task<T> OnA<T>(string sql) => Value<T>(AtA, sql);

    public Task<T> OnB<T>(string sql) => Value<T>(AtB, sql);

    public Task StopA() => a!.Stop();

    public Task StopB() => b!.Stop();

    public async Task StartA() => a = await EmbeddedPostgres.Start(
        Place("a") with { Settings = new Dictionary<string, string> { ["wal_keep_size"] = "512MB" } }, default);

    /// <summary>What `lectern failover` does, said by somebody in site b. It ends in the middle when <paramref name="say"/> does.</summary>
    public Task Failover(Action<string> say, params string[] words) => Failover(AtB, say, words);

    public async Task Failover(PlatformOptions at, Action<string> say, params string[] words)
    {
        var understood = Lectern.Commands.Failover.WordsOf(new Arguments(words));
        await using var app = Build(at);
        await Product.Prepare(app, migrate: false, default, anyShards: true);
        await using var sites = await SitePair.Read(app.Services, null, default);
        var watch = new PrimaryWatch(sites, understood, TimeProvider.System, say);
        if (understood.Now) await watch.Away(default);
        else await watch.UntilLost(default);
        var commands = new OperatorCommands(sites, understood, Host.Http, say);
        await new Takeover(sites, watch, understood, commands, TimeProvider.System, say).Run(default);
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (b is not null) await b.DisposeAsync();
        if (a is not null) await a.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Open()
    {
        Directory.CreateDirectory(folder);
        await StartA();
        var connection = new NpgsqlConnectionStringBuilder(a!.AdminConnectionString) { Host = "127.0.0.1" };
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString))
            await DatabaseRoles.EnsureDatabase(admin, "lectern", default);
        connection.Database = "lectern";
        AtA = NewOptions("a", connection);
        host = await RunningHost.Start(AtA, ServePart.All, TimeProvider.System, migrate: true);
        await StandbyCopy.Make(connection.ConnectionString, Path.Combine(folder, "a"), Path.Combine(folder, "b"));
        var upstream = $"host=127.0.0.1 port={a.Port} user={connection.Username} password={connection.Password}";
        b = await EmbeddedPostgres.Start(
            Place("b") with { Settings = new Dictionary<string, string> { ["primary_conninfo"] = upstream } }, default);
        AtB = NewOptions("b", new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Port = b.Port });
        foreach (var (site, port) in new[] { ("a", a.Port), ("b", b.Port) })
            await Host.Services.GetRequiredService<ShardAdmin>().SetPlace(
                "main", site, new PlatformOptions.Endpoint { Host = "127.0.0.1", Port = port }, null, default);
        await TestTenant.Eventually(
            async () => await OnB<long>("SELECT count(*) FROM platform.database_places") == 2, "the standby knows where databases are");
    }

    private PlatformOptions NewOptions(string site, NpgsqlConnectionStringBuilder connection) => new()
    {
        Postgres = connection.ConnectionString, Site = site,
        Secret = new string('z', 40), DataFolder = folder, PooledCells = 1, ToleratedWaitMilliseconds = 60_000,
    };

    private static WebApplication Build(PlatformOptions options) =>
        new Product(Program.Services).Build(options, ServePart.None, builder => builder.Logging.SetMinimumLevel(LogLevel.Error));

    private EmbeddedPostgresOptions Place(string name) =>
        new() { Directory = Path.Combine(folder, name), Durable = false, MaxConnections = 100, SharedBuffersMegabytes = 32 };

    private static async Task<T> Value<T>(PlatformOptions at, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(at.Postgres) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
