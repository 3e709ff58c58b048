using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Lectern.Bench.Harness;
using Lectern.Hosting;
using Lectern.Platform;
using Npgsql;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>
/// The cluster that `./dev cluster up` started, as an operator holds it: its commands, its edge and its databases. `./dev drills` tells
/// where it is and gives us its nodes' settings.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const int Tries = 120;
    private readonly Dictionary<int, NpgsqlDataSource> databases = [];

    private Fleet(string folder, int ports)
    {
        (Folder, Ports) = (folder, ports);
        Options = Settings.Read();
        App = Scratch.Build(Options);
        Http = NewClient();
    }

    /// <summary>Where its state lies.</summary>
    public string Folder { get; }

    /// <summary>The first of its ports; see tools/cluster/engines.sh.</summary>
    public int Ports { get; }

    public PlatformOptions Options { get; }

    /// <summary>The product on the cluster's settings, not serving.</summary>
    public WebApplication App { get; }

    /// <summary>A browser's way in: through the edge, by TLS.</summary>
    public HttpClient Http { get; }

    public static async Task<Fleet> Find()
    {
        var folder = Environment.GetEnvironmentVariable("LECTERN_CLUSTER")
            ?? throw new InvalidOperationException("This drill needs the cluster: ./dev drills NAME starts it.");
        var ports = Environment.GetEnvironmentVariable("LECTERN_CLUSTER_PORTS")!;
        var fleet = new Fleet(folder, int.Parse(ports, CultureInfo.InvariantCulture));
        await Product.Prepare(fleet.App, migrate: false, default);
        return fleet;
    }

    /// <summary>`./dev cluster WORDS`, which must succeed.</summary>
    public Task<string> Dev(params string[] words) => Dev([], words);

    /// <summary>The same with settings of its own.</summary>
    public static async Task<string> Dev((string Name, string Value)[] settings, params string[] words)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "dev"), "cluster", .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        // Settings of nodes are read from the cluster's file by those who start them.
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        // What it starts inherits the pipe's end only if it does not close it; each has a log of its own.
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"./dev cluster {string.Join(' ', words)} failed: {await error}");
    }

    /// <summary>The process of that name, or null when there is none.</summary>
    public Process? ProcessOf(string name)
    {
        var file = Path.Combine(Folder, "run", name);
        if (!File.Exists(file)) return null;
        try
        {
            return Process.GetProcessById(int.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Where an institution's rows are, as the database's administrator.</summary>
    public async Task<NpgsqlDataSource> DatabaseOf(int id)
    {
        if (databases.TryGetValue(id, out var known)) return known;
        var builder = new NpgsqlConnectionStringBuilder(Options.Postgres) { CommandTimeout = 60, IncludeErrorDetail = true };
        var first = databases.TryGetValue(1, out var main) ? main : databases[1] = NpgsqlDataSource.Create(builder.ConnectionString);
        if (id == 1) return first;
        var place = await Value<string>(
            first, $"SELECT host || ' ' || port || ' ' || name FROM platform.databases WHERE database_id = {id}");
        var parts = place.Split(' ');
        (builder.Host, builder.Port, builder.Database) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        return databases[id] = NpgsqlDataSource.Create(builder.ConnectionString);
    }

    public static async Task Execute(NpgsqlDataSource database, string text)
    {
        await using var command = database.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, asked again as long as the database is away.</summary>
    public static async Task<T> Value<T>(NpgsqlDataSource database, string text)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = database.CreateCommand(text);
                return (T)(await command.ExecuteScalarAsync())!;
            }
            catch (NpgsqlException) when (attempt < Tries)
            {
                // Connections from before a failover are dead too.
                database.Clear();
                await Task.Delay(500);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var database in databases.Values) await database.DisposeAsync();
        await App.DisposeAsync();
    }

#pragma warning disable RS0030 // One client for the whole drill, which trusts the edge's own certificate and no other.
    private HttpClient NewClient()
    {
        var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trusted.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Folder, "edge", "edge.crt")));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000,
            SslOptions = { CertificateChainPolicy = trusted },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{Ports + 443}"), Timeout = TimeSpan.FromSeconds(70) };
    }
#pragma warning restore RS0030
}
