using System.Text.Json;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// How far one reader of the outbox has come. It reads only windows of transactions that have all ended, in order of position, so that
/// nothing that commits late is passed over and events of one aggregate keep their order.
/// </summary>
internal static class OutboxCursor
{
    /// <summary>Tells the product's own listeners.</summary>
    public const string Relay = "relay";

    /// <summary>Tells an outside broker.</summary>
    public const string Broker = "broker";

    /// <summary>Which events a cursor <c>c</c> has still before it.</summary>
    public const string Before = "(o.tx >= c.to_tx OR (o.tx >= c.from_tx AND o.position > c.position))";

    private const int BatchSize = 500;

    /// <summary>Opens the next window when this one has been read to its end; null when somebody else holds the cursor, or it is not
    /// there.</summary>
    public static async Task<Window?> Advance(NpgsqlConnection connection, string reader, CancellationToken ct)
    {
        // A window that has been read to its end gives way to the next: everything up to the oldest transaction still running.
        await using var command = new NpgsqlCommand(
            """
            WITH held AS (
                SELECT reader, from_tx, to_tx, position FROM platform.outbox_cursors WHERE reader = $1 FOR UPDATE SKIP LOCKED
            ), finished AS (
                SELECT NOT EXISTS (
                    SELECT 1 FROM platform.outbox o
                    WHERE o.tx >= held.from_tx AND o.tx < held.to_tx AND o.position > held.position) AS yes
                FROM held
            )
            UPDATE platform.outbox_cursors c
            SET from_tx = CASE WHEN f.yes THEN c.to_tx ELSE c.from_tx END,
                to_tx = CASE WHEN f.yes THEN pg_snapshot_xmin(pg_current_snapshot()) ELSE c.to_tx END,
                position = CASE WHEN f.yes THEN 0 ELSE c.position END
            FROM held h, finished f WHERE c.reader = h.reader
            RETURNING c.from_tx::text, c.to_tx::text, c.position
            """, connection);
        command.Parameters.AddWithValue(reader);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? new Window(reader, rows.GetString(0), rows.GetString(1), rows.GetInt64(2)) : null;
    }

    /// <summary>The next events of a window.</summary>
    public static async Task<List<Waiting>> Read(NpgsqlConnection connection, Window window, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT position, tenant_id, event_id, type, aggregate, body, trace, occurred_at FROM platform.outbox
            WHERE tx >= $1::xid8 AND tx < $2::xid8 AND position > $3 ORDER BY position LIMIT $4
            """, connection);
        command.Parameters.AddWithValue(window.FromTx);
        command.Parameters.AddWithValue(window.ToTx);
        command.Parameters.AddWithValue(window.Position);
        command.Parameters.AddWithValue(BatchSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await Rows(reader, ct);
    }

    internal static async Task<List<Waiting>> Rows(NpgsqlDataReader reader, CancellationToken ct)
    {
        var events = new List<Waiting>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(new Waiting(
                reader.GetInt64(0), new TenantId(reader.GetInt32(1)), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                JsonDocument.Parse(reader.GetString(5)).RootElement, reader.IsDBNull(6) ? null : reader.GetString(6),
                reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return events;
    }

    /// <summary>Remembers that a window has been read up to a position; not when the cursor was set elsewhere in the meantime.</summary>
    public static async Task MoveTo(NpgsqlConnection connection, Window window, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE platform.outbox_cursors SET position = $1
            WHERE reader = $2 AND from_tx = $3::xid8 AND to_tx = $4::xid8 AND position < $1
            """, connection);
        command.Parameters.AddWithValue(position);
        command.Parameters.AddWithValue(window.Reader);
        command.Parameters.AddWithValue(window.FromTx);
        command.Parameters.AddWithValue(window.ToTx);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal sealed record Window(string Reader, string FromTx, string ToTx, long Position);

    internal sealed record Waiting(long Position, TenantId Tenant, Guid EventId, string Type, string Aggregate, JsonElement Body,
        string? Trace, DateTimeOffset OccurredAt);
}
