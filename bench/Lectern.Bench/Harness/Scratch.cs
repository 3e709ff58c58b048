using System.Globalization;
using System.Security.Cryptography;
using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Limits;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Harness;

/// <summary>
/// A PostgreSQL of the bench's own with durable settings, and the product built on it but not serving. All of it is gone afterwards,
/// also when the bench is killed.
/// </summary>
internal sealed class Scratch : IAsyncDisposable
{
    private readonly EmbeddedPostgres engine;
    private readonly string folder;
    private bool stays;

    private Scratch(EmbeddedPostgres engine, string folder, PlatformOptions options, WebApplication app, NpgsqlDataSource admin) =>
        (this.engine, this.folder, Options, App, Admin) = (engine, folder, options, app, admin);

    public PlatformOptions Options { get; }

    public WebApplication App { get; }

    /// <summary>The administrator's connections to the product's database.</summary>
    public NpgsqlDataSource Admin { get; }

    public TenantAdmin Tenants => App.Services.GetRequiredService<TenantAdmin>();

    /// <summary>The process that is the database server; its children are the connections.</summary>
    public int PostmasterPid => int.Parse(File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string DataFolder { get; init; } = string.Empty;

    /// <param name="keptAs">What <see cref="Report.Kept"/> says of it: made there and left, or a copy of what was made there.</param>
    public static async Task<Scratch> Open(Report report, int sharedBuffersMegabytes = 128, string? keptAs = null)
    {
        report.Progress("starting PostgreSQL and preparing the product's database");
        var (folder, stays) = report.Kept is { } kept && keptAs is not null
            ? (await kept.Place(keptAs), kept.IsMade is false)
            : (Temporary(), false);
        var how = new EmbeddedPostgresOptions
        {
            Directory = Path.Combine(folder, "postgres"), Scratch = !stays, SharedBuffersMegabytes = sharedBuffersMegabytes,
        };
        var engine = await EmbeddedPostgres.Start(how, default);
        var connection = new NpgsqlConnectionStringBuilder(engine.AdminConnectionString);
        await using (var first = NpgsqlDataSource.Create(connection.ConnectionString))
            await DatabaseRoles.EnsureDatabase(first, "lectern", default);
        connection.Database = "lectern";
        var options = new PlatformOptions
        {
            Postgres = connection.ConnectionString, DataFolder = folder, Limits = PlanLimits.None,
            Secret = await SecretOf(folder),
        };
        var app = Build(options);
        await Product.Prepare(app, migrate: true, default);
        connection.CommandTimeout = 600;
        var admin = NpgsqlDataSource.Create(connection.ConnectionString);
        await using var where = admin.CreateCommand("SHOW data_directory");
        return new Scratch(engine, folder, options, app, admin) { DataFolder = (string)(await where.ExecuteScalarAsync())!, stays = stays };
    }

    public static string Temporary() => Path.Combine(Path.GetTempPath(), $"lectern-bench-{Guid.NewGuid():N}");

    private static async Task<string> SecretOf(string folder)
    {
        // Passwords of the database's roles follow from it, so a kept database needs the one it was made with.
        var file = Path.Combine(folder, "secret");
        if (!File.Exists(file)) await File.WriteAllTextAsync(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        return await File.ReadAllTextAsync(file);
    }

    /// <summary>The product on these options, registered but not serving.</summary>
    public static WebApplication Build(PlatformOptions options) =>
        new Product(Lectern.Program.Services).Build(options, ServePart.None, builder => builder.Logging.SetMinimumLevel(LogLevel.Error));

    /// <summary>Work inside an institution as the application does it, committed when it succeeds.</summary>
    public Task<T> Do<T>(TenantId tenant, Func<TenantDb, Task<T>> work) =>
        App.Services.GetRequiredService<TenantScopes>().Do(tenant, services => work(services.GetRequiredService<TenantDb>()), default);

    /// <summary>Runs SQL as the administrator.</summary>
    public async Task Execute(string text)
    {
        await using var command = Admin.CreateCommand(text);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value, as the administrator.</summary>
    public async Task<T> Value<T>(string text)
    {
        await using var command = Admin.CreateCommand(text);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Waits until what was done before has had its effects everywhere, and a server that was pressed has let go of that.
    /// </summary>
    public async Task Settle()
    {
        for (var quiet = 0; quiet < 10;)
        {
            await Task.Delay(1_000);
            var waiting = await Value<long>("SELECT count(*) FROM platform.jobs WHERE state IN ('ready', 'running') AND run_at <= now()");
            quiet = waiting == 0 ? quiet + 1 : 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Admin.DisposeAsync();
        await App.DisposeAsync();
        await engine.DisposeAsync();
        if (!stays && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
