using System.Globalization;
using Lectern.Platform.Data;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// Carries an institution's rows from one cell to another: one snapshot at the source, one transaction at the target, binary COPY
/// between them, and every table's checksum compared before anything stands.
/// </summary>
internal sealed class TenantCopy(DatabaseAccess access, TenantDirectory directory)
{
    public async Task<List<TableSum>> Copy(Tenant tenant, Cell from, Cell to, CancellationToken ct)
    {
        var (fromDatabase, toDatabase) = (directory.Database(from.DatabaseId), directory.Database(to.DatabaseId));
        await using var reading = access.As(DatabaseAccess.Backup, fromDatabase, 1);
        await using var writing = access.Administrator(toDatabase);
        await using var source = await reading.OpenConnectionAsync(ct);
        await using var target = await writing.OpenConnectionAsync(ct);
        await using var snapshot = await source.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using var transaction = await target.BeginTransactionAsync(ct);
        await AllowAnyOrder(target, ct);
        var sums = new List<TableSum>();
        var sealedUntil = await LastSealed(source, from, tenant.Id, tenant.Era, ct);
        foreach (var (table, there) in await Pairs(source, from, target, to, ct))
        {
            // Reading goes on and is recorded; what is not under a seal yet comes over at the end, as entries of the new era.
            var here = table.Name != "audit_entries" ? table
                : table with { Only = $"(era < {Number(tenant.Era)} OR tx < '{sealedUntil}'::xid8)" };

            // A copy that was cut short has left nothing, but an aborted move to the same cell may not have been tidied.
            await there.Delete(target, tenant.Id, ct);
            await Pipe(source, Rows(here, here.ColumnList, tenant.Id), target, $"{there.Qualified} ({here.ColumnList})", ct);
            await AdvanceSequences(target, there, tenant.Id, ct);
            sums.Add(await Compare(source, here, target, there, tenant.Id, ct));
        }

        if (fromDatabase.Id != toDatabase.Id) await CopyWork(source, target, tenant.Id, ct);
        await transaction.CommitAsync(ct);
        return sums;
    }

    /// <summary>
    /// Brings over what reading the institution wrote to its log after the snapshot. Those entries are in no seal yet, so they are
    /// entered as new ones of the new era.
    /// </summary>
    public async Task<long> CopyLateAudit(Tenant moved, Cell from, CancellationToken ct)
    {
        await using var reading = access.As(DatabaseAccess.Backup, directory.Database(from.DatabaseId), 1);
        await using var writing = access.Administrator(directory.Database(moved.Cell.DatabaseId));
        await using var source = await reading.OpenConnectionAsync(ct);
        await using var target = await writing.OpenConnectionAsync(ct);
        var sealedUntil = await LastSealed(target, moved.Cell, moved.Id, moved.Era - 1, ct);
        const string columns = "tenant_id, audit_entry_id, at, actor_id, actor_kind, action, subject, purpose, address, detail";
        var there = $"\"{moved.Cell.Schema}\".audit_entries";
        var select = $"SELECT {columns}, {Number(moved.Era)}::int FROM \"{from.Schema}\".audit_entries "
            + $"WHERE tenant_id = {moved.Id} AND era = {Number(moved.Era - 1)} AND tx >= '{sealedUntil}'::xid8";
        // By way of a table of its own, because a move that was killed here has brought some over already.
        await using var transaction = await target.BeginTransactionAsync(ct);
        await Run(target, $"CREATE TEMPORARY TABLE late ON COMMIT DROP AS SELECT {columns}, era FROM {there} WITH NO DATA", ct);
        await Pipe(source, select, target, $"late ({columns}, era)", ct);
        var brought = await Run(
            target, $"INSERT INTO {there} ({columns}, era) SELECT {columns}, era FROM late ON CONFLICT DO NOTHING", ct);
        await transaction.CommitAsync(ct);
        return brought;
    }

    /// <summary>Takes an institution's rows out of a cell it has left, and its work out of a database it has left.</summary>
    public async Task<List<TableSum>> Remove(TenantId tenant, Cell cell, bool andWork, CancellationToken ct)
    {
        await using var admin = access.Administrator(directory.Database(cell.DatabaseId));
        await using var connection = await admin.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await AllowAnyOrder(connection, ct);
        var removed = new List<TableSum>();
        foreach (var table in await TenantTable.Of(connection, cell.Schema, ct))
            removed.Add(new TableSum(table.Name, await table.Delete(connection, tenant, ct), string.Empty));
        if (andWork)
        {
            foreach (var table in await TenantTable.Of(connection, "platform", ct))
            {
                if (Work.Contains(table.Name)) removed.Add(
                    new TableSum("platform." + table.Name, await table.Delete(connection, tenant, ct), string.Empty));
            }
        }

        await transaction.CommitAsync(ct);
        return removed;
    }

    internal static readonly string[] Work = ["jobs", "inbox", "outbox"];

    // Rows come over as they are, whatever they refer to: references are not checked again and no trigger fires.
    internal static Task AllowAnyOrder(NpgsqlConnection connection, CancellationToken ct) =>
        Run(connection, "SET LOCAL session_replication_role = replica", ct);

    internal static async Task<int> Run(NpgsqlConnection connection, string text, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(text, connection);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<(TenantTable, TenantTable)>> Pairs(
        NpgsqlConnection source, Cell from, NpgsqlConnection target, Cell to, CancellationToken ct)
    {
        var here = await TenantTable.Of(source, from.Schema, ct);
        var there = (await TenantTable.Of(target, to.Schema, ct)).ToDictionary(table => table.Name);
        var missing = here.Where(table =>
            !there.TryGetValue(table.Name, out var twin) || table.Columns.Except(twin.Columns).Any()).Select(table => table.Name).ToList();
        if (missing.Count > 0) throw new InvalidOperationException(
            $"Cell {to.Name} lacks {string.Join(", ", missing)} of cell {from.Name}. Run lectern migrate first.");
        return here.ConvertAll(table => (table, there[table.Name]));
    }

    private static async Task<long> Pipe(
        NpgsqlConnection source, string select, NpgsqlConnection target, string into, CancellationToken ct)
    {
        await using var reader = await source.BeginRawBinaryCopyAsync($"COPY ({select}) TO STDOUT (FORMAT BINARY)", ct);
        await using var writer = await target.BeginRawBinaryCopyAsync($"COPY {into} FROM STDIN (FORMAT BINARY)", ct);
        var buffer = new byte[1 << 16];
        long bytes = 0;
        int read;
        while ((read = await reader.ReadAsync(buffer, ct)) > 0)
        {
            await writer.WriteAsync(buffer.AsMemory(0, read), ct);
            bytes += read;
        }

        return bytes;
    }

    internal static async Task AdvanceSequences(NpgsqlConnection target, TenantTable table, TenantId tenant, CancellationToken ct)
    {
        foreach (var column in table.Numbered)
        {
            // Never back: in a pooled cell others are already further, and draw from it meanwhile.
            await using var command = new NpgsqlCommand(
                $"""
                SELECT setval(s.seq, m.top)
                FROM (SELECT pg_get_serial_sequence($2, $3)::regclass AS seq) s, (SELECT max("{column}") AS top FROM {table.Qualified}
                    WHERE tenant_id = $1) m
                WHERE m.top > COALESCE(pg_sequence_last_value(s.seq), 0)
                """, target);
            command.Parameters.AddWithValue(tenant.Value);
            command.Parameters.AddWithValue(table.Qualified);
            command.Parameters.AddWithValue(column);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    private static async Task<TableSum> Compare(
        NpgsqlConnection source, TenantTable here, NpgsqlConnection target, TenantTable there, TenantId tenant, CancellationToken ct)
    {
        // Columns in the source's order on both sides, or equal rows would have unequal sums.
        var sent = await here.Sum(source, tenant, ct);
        var arrived = await (there with { Columns = here.Columns }).Sum(target, tenant, ct);
        return sent == arrived ? arrived
            : throw new InvalidOperationException($"Table {here.Name} arrived differently: {sent.Rows} rows sent, {arrived.Rows} arrived.");
    }

    // Events have been relayed by now. Work that had begun begins again where it arrives.
    private static async Task CopyWork(NpgsqlConnection source, NpgsqlConnection target, TenantId tenant, CancellationToken ct)
    {
        var there = (await TenantTable.Of(target, "platform", ct)).ToDictionary(table => table.Name);
        foreach (var here in (await TenantTable.Of(source, "platform", ct)).Where(table => table.Name is "jobs" or "inbox"))
        {
            await there[here.Name].Delete(target, tenant, ct);
            var select = here.ColumnList.Replace(
                "\"state\"", "CASE WHEN state = 'running' THEN 'ready' ELSE state END", StringComparison.Ordinal)
                .Replace("\"lease\"", "NULL::uuid", StringComparison.Ordinal).Replace(
                    "\"lease_until\"", "NULL::timestamptz", StringComparison.Ordinal);
            await Pipe(source, Rows(here, select, tenant), target, $"{there[here.Name].Qualified} ({here.ColumnList})", ct);
            await AdvanceSequences(target, there[here.Name], tenant, ct);
        }
    }

    internal static async Task<string> LastSealed(NpgsqlConnection connection, Cell cell, TenantId tenant, int era, CancellationToken ct)
    {
        // By the number and not by its text in the answer, which has the same name: 9999 comes before 10000.
        await using var command = new NpgsqlCommand(
            $"SELECT s.to_tx::text FROM \"{cell.Schema}\".audit_seals s WHERE tenant_id = $1 AND era = $2 ORDER BY s.to_tx DESC LIMIT 1",
            connection);
        command.Parameters.AddWithValue(tenant.Value);
        command.Parameters.AddWithValue(era);
        return await command.ExecuteScalarAsync(ct) as string ?? "0";
    }

    private static string Rows(TenantTable table, string columns, TenantId tenant) =>
        $"SELECT {columns} FROM {table.Qualified} WHERE tenant_id = {tenant} AND {table.Only}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
