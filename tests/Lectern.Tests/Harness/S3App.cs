using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Tests.Harness;

/// <summary>An installation of its own, in a database of the server all tests share, whose files are in an S3 store.</summary>
public sealed class S3App(LecternApp app) : IAsyncLifetime
{
    private readonly string database = $"s3_{Guid.NewGuid():N}"[..20];
    private S3Server? store;
    private RunningHost? host;

    internal RunningHost Host => host!;

    internal S3Server Store => store!;

    public async ValueTask InitializeAsync()
    {
        if (!S3Server.IsFetched) throw new InvalidOperationException("Run ./test, or npm ci in tools/objectstore.");
        store = await S3Server.Start();
        await using (var root = new DatabaseAccess(app.Options).Administrator("postgres"))
            await DatabaseRoles.EnsureDatabase(root, database, default);
        host = await RunningHost.Start(Settings(store.Options), ServePart.All, TimeProvider.System, migrate: true);
    }

    /// <summary>One more node, which reaches the store at another address. Background work stays with the first.</summary>
    internal Task<RunningHost> Node(string endpoint)
    {
        var there = Store.Options;
        (there.PublicEndpoint, there.Endpoint) = (there.Endpoint, endpoint);
        return RunningHost.Start(Settings(there), new ServePart(true, false), TimeProvider.System, migrate: false);
    }

    /// <summary>One more node, with a disk of its own.</summary>
    internal Task<RunningHost> NodeOn(string folder)
    {
        var settings = Settings(Store.Options);
        settings.DataFolder = folder;
        return RunningHost.Start(settings, new ServePart(true, false), TimeProvider.System, migrate: false);
    }

    private PlatformOptions Settings(S3Options files) => new()
    {
        Postgres = new NpgsqlConnectionStringBuilder(app.Options.Postgres) { Database = database }.ConnectionString,
        Secret = app.Options.Secret, DataFolder = app.Options.DataFolder, PooledCells = 1, S3 = files,
        StorageQuotaBytes = 64 << 20, LargestFileBytes = 32 << 20,
    };

    internal async Task<TestTenant> NewTenant()
    {
        var slug = $"t{Guid.NewGuid():N}"[..20];
        return new TestTenant(Host, await Host.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant(slug, slug), default));
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        if (store is not null) await store.DisposeAsync();
        await using var root = new DatabaseAccess(app.Options).Administrator("postgres");
        await using var drop = root.CreateCommand($"DROP DATABASE IF EXISTS \"{database}\" WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }
}
