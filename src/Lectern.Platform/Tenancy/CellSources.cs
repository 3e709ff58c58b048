using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Resilience;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// One data source per cell, made when it is first asked for. Its role's <c>search_path</c> is the cell's schema, so prepared
/// plans survive and a server connection meets one schema only. The many small <see cref="CellKind.Schema"/> cells of a database
/// share a few sources, which name the schema in each transaction instead. A schema always has the same one, so that its connections know
/// their tables, and none has to remember the tables of all.
/// </summary>
internal sealed class CellSources(
    DatabaseAccess access, TenantDirectory directory, PlatformOptions options, LoadControl load, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CellPool>> sources = new();

    public CellPool For(Cell cell) => For(cell, null);

    /// <summary>The same cell in one of its shard's standbys.</summary>
    public CellPool For(Cell cell, Replica? replica)
    {
        var (name, size) = cell.Kind is CellKind.Schema
            ? ($"schemas-{cell.DatabaseId}-{cell.Id % options.SchemaPools}", SizeForSchemas) : (cell.Name, options.CellPoolSize);
        if (replica is not null) name += $"@{replica.Address}";
        // Lazy, because two first requests must not make two pools.
        return sources.GetOrAdd(name, _ => new Lazy<CellPool>(() => new CellPool(
            access.ForCell(directory.Database(cell.DatabaseId), cell, name, size, replica),
            new PoolGate(size, shared: cell.Kind is not CellKind.Database, load, clock)))).Value;
    }

    private int SizeForSchemas => Math.Min(options.CellPoolSize, Math.Max(4, options.CellPoolSize / options.SchemaPools));

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values.Where(lazy => lazy.IsValueCreated)) await source.Value.DisposeAsync();
    }
}
