using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Resilience;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// One data source per cell, made when it is first asked for. Its role's <c>search_path</c> is the cell's schema, so prepared
/// plans survive and a server connection meets one schema only. The many small <see cref="CellKind.Schema"/> cells of a database
/// share one source, which names the schema in each transaction instead.
/// </summary>
internal sealed class CellSources(
    DatabaseAccess access, TenantDirectory directory, PlatformOptions options, LoadControl load, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CellPool>> sources = new();

    public CellPool For(Cell cell) => For(cell, null);

    /// <summary>The same cell in one of its shard's standbys.</summary>
    public CellPool For(Cell cell, Replica? replica)
    {
        var key = cell.Kind is CellKind.Schema ? $"schemas-{cell.DatabaseId}" : $"cell-{cell.Id}";
        if (replica is not null) key += $"@{replica.Address}";
        // Lazy, because two first requests must not make two pools.
        return sources.GetOrAdd(key, _ => new Lazy<CellPool>(() => new CellPool(
            access.ForCell(directory.Database(cell.DatabaseId), cell, replica),
            new PoolGate(options.CellPoolSize, shared: cell.Kind is not CellKind.Database, load, clock)))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values.Where(lazy => lazy.IsValueCreated)) await source.Value.DisposeAsync();
    }
}
