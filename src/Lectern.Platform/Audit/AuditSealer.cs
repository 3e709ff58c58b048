using System.Collections.Concurrent;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Audit;

/// <summary>
/// Closes a seal over every institution's new audit entries every few seconds. Its database role sees audit tables only, and may
/// add seals but change nothing.
/// </summary>
internal sealed class AuditSealer(ShardSources shards, TenantDirectory directory, TimeProvider clock) : IScheduledTask
{
    // Against counts that were lost: the server forgets them when it crashes.
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, long> sealedAt = new();
    private long? sweptAt;

    public string Name => "audit-seal";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task Run(ShardDatabase database, CancellationToken ct)
    {
        if (sweptAt is not { } last || clock.GetElapsedTime(last) > Sweep)
        {
            sealedAt.Clear();
            sweptAt = clock.GetTimestamp();
        }

        var written = await Written(database, ct);
        foreach (var cell in (await directory.Cells(ct)).Where(cell => cell.DatabaseId == database.Id))
        {
            // There are few pooled cells and they are always busy; of thousands of schemas most have slept since the last pass.
            var count = written.GetValueOrDefault(cell.Schema);
            if (cell.Kind is CellKind.Schema && sealedAt.TryGetValue(cell.Id, out var known) && known == count) continue;
            if (await SealCell(database, cell, ct)) sealedAt[cell.Id] = count;
            else sealedAt.TryRemove(cell.Id, out _);
        }
    }

    /// <summary>Seals every institution of one cell up to the oldest transaction still running there; whether that was all.</summary>
    public async Task<bool> SealCell(ShardDatabase database, Cell cell, CancellationToken ct)
    {
        await using var connection = await shards.Sealer(database).OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await Prepare(connection, cell, ct) is not { } window) return false;
        foreach (var due in await Due(connection, window, ct)) await Seal(connection, due, window, ct);
        await using var mark = new NpgsqlCommand(
            """
            UPDATE platform.audit_marks SET tx = $2::xid8 WHERE schema_name = $1
            RETURNING NOT EXISTS (SELECT FROM audit_entries WHERE tx >= $2::xid8)
            """, connection);
        mark.Parameters.AddWithValue(cell.Schema);
        mark.Parameters.AddWithValue(window.Until);
        var all = await mark.ExecuteScalarAsync(ct) is true;
        await transaction.CommitAsync(ct);
        return all;
    }

    /// <summary>
    /// How many entries were ever written in each schema, by the server's own counts: one question for all of them. A count is raised
    /// some seconds after the commit, never before, so that what was not there at a visit is seen to have come.
    /// </summary>
    private async Task<Dictionary<string, long>> Written(ShardDatabase database, CancellationToken ct)
    {
        await using var command = shards.Sealer(database).CreateCommand(
            """
            SELECT c.relnamespace::regnamespace::text, pg_stat_get_tuples_inserted(c.oid) FROM pg_class c
            WHERE c.relname = 'audit_entries' AND c.relkind = 'r'
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync(ct)) counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    private static async Task<Window?> Prepare(NpgsqlConnection connection, Cell cell, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Sql place = $"SELECT set_config('search_path', {cell.Schema}, true)";
        Sql known = $"INSERT INTO platform.audit_marks (schema_name, tx) VALUES ({cell.Schema}, '0') ON CONFLICT DO NOTHING";
        Sql hold = $"""
            SELECT m.tx::text, pg_snapshot_xmin(pg_current_snapshot())::text
            FROM platform.audit_marks m
            WHERE m.schema_name = {cell.Schema} AND to_regclass({cell.Schema} || '.audit_seals') IS NOT NULL FOR UPDATE SKIP LOCKED
            """;
        // A cell that is being founded is in the catalogue before it has its tables.
        foreach (var sql in new[] { place, known, hold }) batch.BatchCommands.Add(sql.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? new Window(reader.GetString(0), reader.GetString(1)) : null;
    }

    private static async Task<List<Last>> Due(NpgsqlConnection connection, Window window, CancellationToken ct)
    {
        // An institution that moved in brings entries that were sealed where it came from; they are not sealed again.
        // Only what came after the last pass over this cell; the index on tx keeps this short however long the log is.
        await using var command = new NpgsqlCommand(
            """
            SELECT e.tenant_id, e.era, COALESCE(l.seal_no, 0), COALESCE(l.seal, ''::bytea), GREATEST($1::xid8, COALESCE(c.to_tx,
                '0'::xid8))::text
            FROM (SELECT DISTINCT tenant_id, era FROM audit_entries WHERE tx >= $1::xid8 AND tx < $2::xid8) e
            LEFT JOIN LATERAL (
                SELECT s.seal_no, s.seal FROM audit_seals s WHERE s.tenant_id = e.tenant_id ORDER BY s.seal_no DESC LIMIT 1) l ON true
            LEFT JOIN LATERAL (
                SELECT s.to_tx FROM audit_seals s WHERE s.tenant_id = e.tenant_id AND s.era = e.era ORDER BY s.to_tx DESC LIMIT 1) c ON true
            """, connection);
        command.Parameters.AddWithValue(window.From);
        command.Parameters.AddWithValue(window.Until);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<Last>();
        while (await reader.ReadAsync(ct))
            due.Add(new Last(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3),
                reader.GetString(4)));
        return due;
    }

    private async Task Seal(NpgsqlConnection connection, Last last, Window window, CancellationToken ct)
    {
        var leaves = await Leaves(connection, last.Tenant, last.Era, last.From, window.Until, ct);
        if (leaves.Count == 0) return;
        var root = AuditChain.Root(leaves);
        var number = last.Number + 1;
        Sql insert = $"""
            INSERT INTO audit_seals (tenant_id, seal_no, era, from_tx, to_tx, entries, root, previous, seal, sealed_at)
            VALUES ({last.Tenant}, {number}, {last.Era}, {last.From}::xid8, {window.Until}::xid8, {leaves.Count}, {root}, {last.Seal},
                    {AuditChain.Seal(last.Tenant, number, last.Era, leaves.Count, root, last.Seal)}, {clock.GetUtcNow()})
            """;
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(insert.ToCommand());
        await batch.ExecuteNonQueryAsync(ct);
    }

    internal static async Task<List<byte[]>> Leaves(
        NpgsqlConnection connection, int tenant, int era, string from, string to, CancellationToken ct)
    {
        Sql sql = $"""
            SELECT audit_entry_id, at, actor_id, actor_kind, action, subject, purpose, address, detail::text AS detail, era, tx::text AS tx
            FROM audit_entries WHERE tenant_id = {tenant} AND era = {era} AND tx >= {from}::xid8 AND tx < {to}::xid8
            ORDER BY audit_entries.tx, audit_entry_id
            """;
        // By the number and not by its text above: 9999 comes before 10000.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(sql.ToCommand());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<Sealable>();
        await TenantDb.Collect(reader, rows, ct);
        return rows.ConvertAll(AuditChain.Leaf);
    }

    private sealed record Last(int Tenant, int Era, long Number, byte[] Seal, string From);

    private sealed record Window(string From, string Until);
}
