using System.Diagnostics;
using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Harness;

/// <summary>
/// An installation of its own over two PostgreSQL servers: the catalogue is in a database of the server all tests share, the shard
/// <c>far</c> (region <c>eu</c>, for large institutions) on a server that may be stopped.
/// </summary>
public sealed class ShardedApp(LecternApp app) : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lectern-far-{Guid.NewGuid():N}");
    private readonly string database = $"sharded_{Guid.NewGuid():N}"[..20];
    private EmbeddedPostgres? far;
    private RunningHost? host;

    internal RunningHost Host => host!;

    internal PlatformOptions Options { get; private set; } = null!;

    internal IServiceProvider Services => Host.Services;

    public async ValueTask InitializeAsync()
    {
        await StartFar();
        Options = NewOptions();
        await using (var root = new DatabaseAccess(app.Options).Administrator("postgres"))
            await DatabaseRoles.EnsureDatabase(root, database, default);
        host = await RunningHost.Start(Options, ServePart.All, TimeProvider.System, migrate: true);
        await Services.GetRequiredService<ShardAdmin>().Add(NewFar(), default);
    }

    /// <summary>What a further process of this installation is told.</summary>
    internal PlatformOptions NewOptions() => new()
    {
        Postgres = new NpgsqlConnectionStringBuilder(app.Options.Postgres) { Database = database }.ConnectionString,
        Secret = app.Options.Secret, DataFolder = app.Options.DataFolder, PooledCells = 1,
        Administrators = { ["far"] = far!.AdminConnectionString },
    };

    internal NewShard NewFar()
    {
        var there = new NpgsqlConnectionStringBuilder(far!.AdminConnectionString);
        return new NewShard("far", there.Host!, there.Port, "lectern", "far", 1) { Region = "eu", Tier = SizeTier.Large };
    }

    internal async Task<TestTenant> NewTenant(SizeTier tier, CellKind placement = CellKind.Pooled)
    {
        var slug = $"t{Guid.NewGuid():N}"[..20];
        var wanted = new NewTenant(slug, slug, placement) { Tier = tier };
        return new TestTenant(Host, await Services.GetRequiredService<TenantAdmin>().Create(wanted, default));
    }

    /// <summary>The program itself, told to do something in a process that can be killed.</summary>
    internal Process Command(params string[] words) => CommandWith(Options.Secret, words);

    internal Process CommandWith(string secret, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "lectern.dll"), .. words])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["LECTERN_POSTGRES"] = Options.Postgres;
        start.Environment["LECTERN_SECRET"] = secret;
        start.Environment["LECTERN_DATA"] = Options.DataFolder;
        start.Environment["LECTERN__PooledCells"] = "1";
        start.Environment["LECTERN__Administrators__far"] = Options.Administrators["far"];
        return Process.Start(start)!;
    }

    internal async Task StartFar() => far = await EmbeddedPostgres.Start(
        new EmbeddedPostgresOptions { Directory = folder, Durable = false, MaxConnections = 100, SharedBuffersMegabytes = 32 }, default);

    internal Task StopFar() => far!.Stop();

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (far is not null) await far.DisposeAsync();
        Remove(folder);
        await using var root = new DatabaseAccess(app.Options).Administrator("postgres");
        await using var drop = root.CreateCommand($"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    private static void Remove(string folder)
    {
        var elsewhere = Path.Combine(folder, "location");
        if (File.Exists(elsewhere)) Directory.Delete(File.ReadAllText(elsewhere).Trim(), recursive: true);
        Directory.Delete(folder, recursive: true);
    }
}
