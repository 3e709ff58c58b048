using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Engine;
using Lectern.Platform;
using Lectern.Platform.Limits;
using Lectern.Platform.Migrations;
using Lectern.Tests.Harness;
using Npgsql;

namespace Lectern.Bench.Drills.Regions;

/// <summary>One region: a PostgreSQL of its own, a data folder of its own, and nodes of the product.</summary>
internal sealed class RegionSite(string name, string folder) : IAsyncDisposable
{
    public const int Nodes = 2;
    private static readonly string Secret = new('r', 40);
    private readonly List<ServerProcess> nodes = [];
    private EmbeddedPostgres? engine;

    public string Name => name;

    public PlatformOptions Options { get; private set; } = null!;

    public int DatabasePort => engine!.Port;

    /// <summary>The ports its nodes answer on, as a name would lead to them.</summary>
    public string Addresses => string.Join(' ', nodes.Select(node => node.Http.BaseAddress!.Port));

    public Uri Address => nodes[0].Http.BaseAddress!;

    private string Place => Path.Combine(folder, "postgres");

    public async Task StartPrimary()
    {
        engine = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions
            {
                Directory = Place, Settings = new Dictionary<string, string> { ["wal_keep_size"] = "512MB" },
            }, default);
        var connection = new NpgsqlConnectionStringBuilder(engine.AdminConnectionString) { Host = "127.0.0.1" };
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString))
            await DatabaseRoles.EnsureDatabase(admin, "lectern", default);
        SetOptions(connection);
    }

    /// <summary>Copies the other's database and follows it, by an address that is as far away as a region is.</summary>
    public async Task StartStandby(RegionSite primary, int way)
    {
        Directory.CreateDirectory(folder);
        var from = new NpgsqlConnectionStringBuilder(primary.Options.Postgres);
        await StandbyCopy.Make(from.ConnectionString, primary.Place, Place);
        var upstream = $"host=127.0.0.1 port={way} user={from.Username} password={from.Password}";
        engine = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions
            {
                Directory = Place,
                Settings = new Dictionary<string, string> { ["primary_conninfo"] = upstream, ["wal_keep_size"] = "512MB" },
            }, default);
        SetOptions(new NpgsqlConnectionStringBuilder(from.ConnectionString) { Port = engine.Port });
    }

    public async Task StartNodes()
    {
        // The schema is there, or has come by replication.
        nodes.AddRange(await Task.WhenAll(Enumerable.Range(0, Nodes).Select(
            _ => ServerProcess.Start(Options, 0, ["--no-migrate"], ("Site", name)))));
    }

    /// <summary>Everything at once, as when a building loses its power.</summary>
    public async Task Lose()
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(Real(Place), "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        foreach (var process in Processes.Family(postmaster)) Kill(process);
        // Whoever would start it again is gone too.
        var engineGone = engine!.Stop();
        await Task.WhenAll(nodes.Select(node => node.Kill()));
        await engineGone;
        await DisposeAsync();
    }

    /// <summary>Ends what is left, in order, and forgets the database.</summary>
    public async Task Discard()
    {
        await DisposeAsync();
        Directory.Delete(Real(Place), recursive: true);
        if (Directory.Exists(Place)) Directory.Delete(Place, recursive: true);
    }

    /// <summary>A command of the product with this region's settings.</summary>
    public Process Command(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "lectern.dll"), .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["LECTERN_POSTGRES"] = Options.Postgres;
        start.Environment["LECTERN_SECRET"] = Options.Secret;
        start.Environment["LECTERN_DATA"] = folder;
        start.Environment["LECTERN__SITE"] = name;
        start.Environment["LECTERN_PORT"] = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        nodes.Clear();
        if (engine is not null) await engine.DisposeAsync();
        engine = null;
    }

    private void SetOptions(NpgsqlConnectionStringBuilder connection)
    {
        connection.Database = "lectern";
        Options = new PlatformOptions
        {
            Postgres = connection.ConnectionString, Site = name, Secret = Secret, DataFolder = folder, PooledCells = 1,
            Limits = PlanLimits.None,
        };
    }

    private static string Real(string place) =>
        File.Exists(Path.Combine(place, "location")) ? File.ReadAllText(Path.Combine(place, "location")).Trim() : place;

    private static void Kill(int process)
    {
        try
        {
            using var victim = Process.GetProcessById(process);
            victim.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It went with its parent.
        }
    }
}
