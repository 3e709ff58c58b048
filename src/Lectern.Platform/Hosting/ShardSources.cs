using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>Connections of the platform's own purposes to each database: relaying and leasing, and sealing.</summary>
internal sealed class ShardSources(DatabaseAccess access) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Role, ShardDatabase Database), Lazy<NpgsqlDataSource>> sources = new();

    public NpgsqlDataSource Worker(ShardDatabase database) => Get(DatabaseAccess.Worker, database, 10);

    public NpgsqlDataSource Sealer(ShardDatabase database) => Get(DatabaseAccess.Sealer, database, 2);

    /// <summary>Looks at a standby; short of patience, because somebody waits for the answer every second.</summary>
    public NpgsqlDataSource Watcher(ShardDatabase place) => Get(DatabaseAccess.Worker, place, 1);

    private NpgsqlDataSource Get(string role, ShardDatabase database, int size) =>
        sources.GetOrAdd((role, database), key => new Lazy<NpgsqlDataSource>(() => access.As(key.Role, key.Database, size))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values.Where(lazy => lazy.IsValueCreated)) await source.Value.DisposeAsync();
    }
}

/// <summary>Which process this is: shown by <c>/health</c>, in logs and on leases.</summary>
public sealed record NodeIdentity(string Name)
{
    public static NodeIdentity ForThisProcess() => new($"{Environment.MachineName}-{Environment.ProcessId}");
}
