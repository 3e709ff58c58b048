using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Limits;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Npgsql;

namespace Lectern.Commands.Proofs;

/// <summary>
/// An installation made for one proof and thrown away after it: its own PostgreSQL in a scratch folder and the whole product over it,
/// answering on a free port. It goes with the process, however that ends.
/// </summary>
internal sealed class ScratchInstallation : IAsyncDisposable
{
    private readonly EmbeddedPostgres engine;
    private readonly string folder;
    private readonly Product product;

    private ScratchInstallation(EmbeddedPostgres engine, string folder, Product product, PlatformOptions options, WebApplication app) =>
        (this.engine, this.folder, this.product, Options, App) = (engine, folder, product, options, app);

    public PlatformOptions Options { get; }

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public int PostgresPort => engine.Port;

    public Uri Address => AddressOf(App);

    public static async Task<ScratchInstallation> Open(Product product, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-proof-").FullName;
        var engine = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { Directory = Path.Combine(
                folder, "postgres"), Durable = false, Scratch = true, MaxConnections = 300 }, ct);
        var connection = new NpgsqlConnectionStringBuilder(engine.AdminConnectionString);
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString)) await DatabaseRoles.EnsureDatabase(
            admin, "lectern", ct);
        connection.Database = "lectern";
        var options = new PlatformOptions
        {
            Postgres = connection.ConnectionString, Secret = new string('p', 40), DataFolder = folder, PooledCells = 1,
            Limits = PlanLimits.None,
        };
        return new ScratchInstallation(engine, folder, product, options, await Serve(product, options, ct));
    }

    /// <summary>The same installation reached by another process: here, one whose data goes through a pooler.</summary>
    public Task<WebApplication> ServeThrough(PlatformOptions.Endpoint pooler, CancellationToken ct) => Serve(
        product,
        new PlatformOptions { Postgres = Options.Postgres, Secret = Options.Secret, DataFolder = folder, PooledCells = 1, Pooler = pooler,
            Limits = PlanLimits.None },
        ct);

    public static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The database of a cell, as its administrator: for planting and for looking, never for answering.</summary>
    public NpgsqlDataSource Administrator(Cell cell) =>
        Services.GetRequiredService<DatabaseAccess>().Administrator(
            Services.GetRequiredService<TenantDirectory>().Database(cell.DatabaseId).Name);

    /// <summary>Does the work that an institution has been asked for: there is no worker here.</summary>
    public async Task Work(Tenant tenant, CancellationToken ct)
    {
        var database = Services.GetRequiredService<TenantDirectory>().Database(tenant.Cell.DatabaseId);
        while (await Services.GetRequiredService<JobWorker>().WorkOnce(database, 4, ct) > 0)
        {
        }
    }

    /// <summary>Runs a statement about one institution, <c>$1</c>, as somebody with the database's own password could.</summary>
    public async Task ChangeBehindItsBack(Tenant tenant, string statement, CancellationToken ct)
    {
        await using var source = Administrator(tenant.Cell);
        await using var batch = source.CreateBatch();
        Sql place = $"SELECT set_config('search_path', {tenant.Cell.Schema}, true)";
        batch.BatchCommands.Add(place.ToCommand());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = tenant.Id.Value } } });
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await engine.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static async Task<WebApplication> Serve(Product product, PlatformOptions options, CancellationToken ct)
    {
        // No background work: what it writes while a proof looks would be taken for what the proof did.
        var app = product.Build(options, new ServePart(Answers: true, Works: false), builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.None);
        });
        await Product.Prepare(app, migrate: true, ct);
        await app.StartAsync(ct);
        return app;
    }
}
