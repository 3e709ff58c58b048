using Lectern.Engine;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Hosting;
using Lectern.Platform.Limits;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Lectern.Tests.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

[assembly: AssemblyFixture(typeof(LecternApp))]

namespace Lectern.Tests.Harness;

/// <summary>
/// The product, running: one PostgreSQL and one host for all tests of the assembly. Every test has an institution of its own, so
/// order never matters. <c>LECTERN_TEST_PLACEMENT</c> (pooled, schema, database) says where those institutions live.
/// </summary>
public sealed class LecternApp : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"lectern-tests-{Guid.NewGuid():N}");
    private EmbeddedPostgres? engine;
    private PgBouncer? pooler;
    private RunningHost? host;

    internal RunningHost Host => host!;

    internal PlatformOptions Options { get; private set; } = null!;

    internal static CellKind Placement =>
        Enum.Parse<CellKind>(Environment.GetEnvironmentVariable("LECTERN_TEST_PLACEMENT") ?? "pooled", ignoreCase: true);

    /// <summary>Where a running product is reached, when journeys are to visit that one. Its settings are in the environment.</summary>
    private static Uri? Elsewhere =>
        Environment.GetEnvironmentVariable("LECTERN_TEST_ADDRESS") is { Length: > 0 } address ? new Uri(address) : null;

    public async ValueTask InitializeAsync()
    {
        if (Elsewhere is { } elsewhere)
        {
            // This process then does what its command line would: make institutions and people.
            Options = Settings.Read();
            host = await RunningHost.Start(Options, ServePart.None, TimeProvider.System, migrate: false, elsewhere: elsewhere);
            return;
        }

        Directory.CreateDirectory(folder);
        engine = await EmbeddedPostgres.Start(
            new EmbeddedPostgresOptions { Directory = Path.Combine(folder, "postgres"), Durable = false, Scratch = true,
                MaxConnections = 400 }, CancellationToken.None);
        var connection = new NpgsqlConnectionStringBuilder(engine.AdminConnectionString);
        await using (var admin = NpgsqlDataSource.Create(connection.ConnectionString)) await DatabaseRoles.EnsureDatabase(
            admin, "lectern", CancellationToken.None);
        connection.Database = "lectern";
        Options = new PlatformOptions
        {
            Postgres = connection.ConnectionString, Secret = new string('s', 40), DataFolder = folder, PooledCells = 2,
            StorageQuotaBytes = 64 << 20, LargestFileBytes = 16 << 20,
            Limits = PlanLimits.None,
            // Machines that run tests are overloaded all the time.
            ToleratedWaitMilliseconds = 60_000,
        };
        pooler = await PgBouncer.StartIfAsked(engine.Port, Options);
        // Programs of tests are in the one language that every machine has.
        Environment.SetEnvironmentVariable("LECTERN__GRADING__CODELANGUAGES__SHELL", "bash program");
        host = await RunningHost.Start(Options, ServePart.All, TimeProvider.System, migrate: true);
    }

    /// <summary>A new institution with nobody in it yet.</summary>
    public Task<TestTenant> NewTenant(string? name = null) => NewTenant(Placement, name);

    internal async Task<TestTenant> NewTenant(CellKind placement, string? name = null)
    {
        var slug = $"t{Guid.NewGuid():N}"[..20];
        var admin = Host.Services.GetRequiredService<TenantAdmin>();
        var tenant = await admin.Create(new NewTenant(slug, name ?? $"Institution {slug}", placement), CancellationToken.None);
        return new TestTenant(Host, tenant);
    }

    /// <summary>One more node of the installation, with settings of its own. Background work stays with the first.</summary>
    internal Task<RunningHost> Node(Action<PlatformOptions> set)
    {
        var options = new PlatformOptions
        {
            Postgres = Options.Postgres, Secret = Options.Secret, DataFolder = folder, Pooler = Options.Pooler, Limits = PlanLimits.None,
        };
        set(options);
        return RunningHost.Start(options, new ServePart(true, false), TimeProvider.System, migrate: false);
    }

    /// <summary>
    /// The same product with a clock of its own, for tests that move time. Background work stays with the first host, whose clock is real.
    /// </summary>
    internal Task<RunningHost> HostWith(TimeProvider clock) =>
        RunningHost.Start(Options, new ServePart(true, false), clock, migrate: false);

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (pooler is not null) await pooler.DisposeAsync();
        if (engine is not null) await engine.DisposeAsync();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}

/// <summary>One running process of the product, listening on a free port.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningHost(WebApplication app, Uri address) => (this.app, Address, Http) = (app, address, NewClient(address));

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>A client without cookies that follows nothing.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningHost> Start(
        PlatformOptions options, ServePart part, TimeProvider clock, bool migrate, Action<IServiceCollection>? add = null,
        Uri? elsewhere = null)
    {
        // One service more than the product has: it shows what the platform gives every service.
        var app = new Product([.. Program.Services, new ProbeService()]).Build(options, part, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddSingleton(clock);
            add?.Invoke(builder.Services);
        });
        await Product.Prepare(app, migrate, CancellationToken.None);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunningHost(app, elsewhere ?? new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

#pragma warning disable RS0030 // Tests own this client for the life of the host.
    private static HttpClient NewClient(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(60) };
#pragma warning restore RS0030
}

/// <summary>A clock that runs on from an instant of the test's choosing and can be moved.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private readonly long began = System.GetTimestamp();
    private TimeSpan moved = TimeSpan.Zero;
    private DateTimeOffset? stopped;

    public override DateTimeOffset GetUtcNow() => stopped ?? start + System.GetElapsedTime(began) + moved;

    public void Move(TimeSpan by) => moved += by;

    /// <summary>Holds the clock at an instant, for tests of boundaries.</summary>
    public void StandAt(DateTimeOffset instant) => stopped = instant;
}
