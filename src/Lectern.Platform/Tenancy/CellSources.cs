using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// One data source per cell, made when it is first asked for. Its role's <c>search_path</c> is the cell's schema, so prepared
/// plans survive and a server connection meets one schema only. The many small <see cref="CellKind.Schema"/> cells of a database
/// share one source, which names the schema in each transaction instead.
/// </summary>
internal sealed class CellSources(DatabaseAccess access, TenantDirectory directory) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> sources = new();

    public NpgsqlDataSource For(Cell cell)
    {
        var key = cell.Kind is CellKind.Schema ? $"schemas-{cell.DatabaseId}" : $"cell-{cell.Id}";
        // Lazy, because two first requests must not make two pools.
        return sources.GetOrAdd(
            key, _ => new Lazy<NpgsqlDataSource>(() => access.ForCell(directory.Database(cell.DatabaseId), cell))).Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values.Where(lazy => lazy.IsValueCreated)) await source.Value.DisposeAsync();
    }
}
