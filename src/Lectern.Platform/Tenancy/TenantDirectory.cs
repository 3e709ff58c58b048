using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// The catalogue: which institutions there are and where each one's data is. Answers come from memory for a few seconds,
/// unknown names included, so a look-up costs the same at ten and at ten thousand institutions and a change shows without a restart.
/// </summary>
public sealed class TenantDirectory : IAsyncDisposable
{
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly NpgsqlDataSource source;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, (Tenant? Tenant, long ReadAt)> bySlug = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<int, (Tenant? Tenant, long ReadAt)> byId = new();
    private readonly ConcurrentDictionary<int, ShardDatabase> databases = new();

    internal TenantDirectory(DatabaseAccess access, CoreDatabase core, TimeProvider clock)
    {
        source = access.As(DatabaseAccess.Worker, core.Database);
        databases[core.Database.Id] = core.Database;
        this.clock = clock;
    }

    /// <summary>The institution a name leads to: its slug, or a domain of its own.</summary>
    public Task<Tenant?> Find(string slug, CancellationToken ct) =>
        Look(bySlug, slug,
            "t.slug = $1 OR t.tenant_id = (SELECT d.tenant_id FROM platform.tenant_domains d WHERE d.domain = $1 AND d.verified_at IS "
            + "NOT NULL)",
            new NpgsqlParameter<string> { TypedValue = slug.ToLowerInvariant() }, ct);

    public Task<Tenant?> Find(TenantId id, CancellationToken ct) =>
        Look(byId, id.Value, "t.tenant_id = $1", new NpgsqlParameter<int> { TypedValue = id.Value }, ct);

    /// <summary>All institutions that have not been deleted, by number.</summary>
    public async Task<List<Tenant>> List(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Select + " WHERE t.state <> 'deleted' ORDER BY t.tenant_id");
        return await ReadAll(command, ct);
    }

    /// <summary>Forgets what is remembered, so that the next question reads the catalogue.</summary>
    public void Forget()
    {
        bySlug.Clear();
        byId.Clear();
    }

    internal ShardDatabase Database(int id) => databases.TryGetValue(id, out var database)
        ? database
        : throw new InvalidOperationException($"Database {id} is not in the catalogue.");

    internal IReadOnlyCollection<ShardDatabase> Databases => [.. databases.Values.OrderBy(database => database.Id)];

    internal async Task LoadDatabases(CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT database_id, host, port, name FROM platform.databases");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetInt32(0);
            // The first database is the one this process was told to use; the row may still name another host after a move.
            if (databases.TryGetValue(id, out _) && id == 1) continue;
            databases[id] = new ShardDatabase(id, reader.GetString(1), reader.GetInt32(2), reader.GetString(3));
        }
    }

    internal async Task<List<Cell>> Cells(CancellationToken ct)
    {
        await LoadDatabases(ct);
        await using var command = source.CreateCommand(
            "SELECT cell_id, name, kind, database_id, schema_name, role_name FROM platform.cells ORDER BY cell_id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cells = new List<Cell>();
        while (await reader.ReadAsync(ct)) cells.Add(ReadCell(reader, 0));
        return cells;
    }

    private async Task<Tenant?> Look<TKey>(
        ConcurrentDictionary<TKey, (Tenant? Tenant, long ReadAt)> known, TKey key, string where, NpgsqlParameter parameter,
        CancellationToken ct)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var remembered) && clock.GetElapsedTime(remembered.ReadAt) < Fresh) return remembered.Tenant;
        await using var command = source.CreateCommand($"{Select} WHERE ({where}) AND t.state <> 'deleted'");
        command.Parameters.Add(parameter);
        var found = await ReadAll(command, ct);
        var tenant = found.Count > 0 ? found[0] : null;
        if (tenant is not null && !databases.ContainsKey(tenant.Cell.DatabaseId)) await LoadDatabases(ct);
        if (known.Count > 50_000) known.Clear();
        known[key] = (tenant, clock.GetTimestamp());
        return tenant;
    }

    private const string Select =
        """
        SELECT t.tenant_id, t.slug, t.name, t.state, t.plan, t.region, t.era, t.locale,
               c.cell_id, c.name, c.kind, c.database_id, c.schema_name, c.role_name
        FROM platform.tenants t JOIN platform.cells c USING (cell_id)
        """;

    private static async Task<List<Tenant>> ReadAll(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<Tenant>();
        while (await reader.ReadAsync(ct))
        {
            tenants.Add(new Tenant(
                new TenantId(reader.GetInt32(0)), reader.GetString(1), reader.GetString(2),
                SqlValue.ParseEnum<TenantState>(reader.GetString(3)),
                ReadCell(reader, 8), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt32(6),
                reader.GetString(7)));
        }

        return tenants;
    }

    private static Cell ReadCell(NpgsqlDataReader reader, int at) => new(
        reader.GetInt32(at), reader.GetString(at + 1), SqlValue.ParseEnum<CellKind>(reader.GetString(at + 2)),
        reader.GetInt32(at + 3), reader.GetString(at + 4), reader.GetString(at + 5));

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>Where the catalogue is: the database this process was told to use.</summary>
internal sealed record CoreDatabase(ShardDatabase Database);
