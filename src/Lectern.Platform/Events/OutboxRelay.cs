using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// Turns events into one job per listener, and wakes open pages. One relay per database does so at a time: whoever holds the
/// cursor row. It reads only windows of transactions that have all ended, in order of position, so that nothing that commits
/// late is passed over and events of one aggregate keep their order.
/// </summary>
internal sealed class OutboxRelay(ShardSources shards, Listeners listeners, TimeProvider clock, ILogger<OutboxRelay> log)
{
    private const int BatchSize = 500;

    /// <summary>Relays what is waiting in one database; true when it found something: there may be more, and now
    /// there is work for others.</summary>
    public async Task<bool> RelayOnce(ShardDatabase database, CancellationToken ct)
    {
        await using var connection = await shards.Worker(database).OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var cursor = await Advance(connection, ct);
        if (cursor is null) return false;
        var events = await Read(connection, cursor, ct);
        if (events.Count > 0)
        {
            await Forward(connection, events, ct);
            await MoveTo(connection, events[^1].Position, ct);
        }

        await transaction.CommitAsync(ct);
        if (events.Count > 0) log.LogDebug("Relayed {Count} events of database {Database}.", events.Count, database.Id);
        return events.Count > 0;
    }

    private static async Task<Cursor?> Advance(NpgsqlConnection connection, CancellationToken ct)
    {
        // A window that has been read to its end gives way to the next: everything up to the oldest transaction still running.
        await using var command = new NpgsqlCommand(
            """
            WITH held AS (
                SELECT reader, from_tx, to_tx, position FROM platform.outbox_cursors WHERE reader = 'relay' FOR UPDATE SKIP LOCKED
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
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Cursor(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)) : null;
    }

    private static async Task<List<Waiting>> Read(NpgsqlConnection connection, Cursor cursor, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT position, tenant_id, event_id, type, aggregate, body, trace FROM platform.outbox
            WHERE tx >= $1::xid8 AND tx < $2::xid8 AND position > $3 ORDER BY position LIMIT $4
            """, connection);
        command.Parameters.AddWithValue(cursor.FromTx);
        command.Parameters.AddWithValue(cursor.ToTx);
        command.Parameters.AddWithValue(cursor.Position);
        command.Parameters.AddWithValue(BatchSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var events = new List<Waiting>();
        while (await reader.ReadAsync(ct))
        {
            events.Add(new Waiting(
                reader.GetInt64(0), new TenantId(reader.GetInt32(1)), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                JsonDocument.Parse(reader.GetString(5)).RootElement, reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return events;
    }

    private async Task Forward(NpgsqlConnection connection, List<Waiting> events, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var now = clock.GetUtcNow();
        foreach (var waiting in events)
        {
            foreach (var listener in listeners.Of(waiting.Type))
            {
                var delivery = new Delivery(waiting.EventId, listener.Consumer, waiting.Body.GetProperty("happened"));
                var order = $"{listener.Consumer}/{waiting.Tenant}/{waiting.Aggregate}";
                var options = new JobOptions { OrderKey = order, Priority = JobPriority.Soon };
                var origin = new JobOrigin(null, now, waiting.Trace);
                batch.BatchCommands.Add(JobQueue.Append(waiting.Tenant, JobId.New(now), delivery, options, origin).ToCommand());
            }
        }

        // Notified here and not by the writers: NOTIFY makes commits queue, and the relay commits for all of them at once.
        foreach (var topic in events.Select(LiveSignals.TopicOf).OfType<string>().Distinct())
        {
            Sql notify = $"SELECT pg_notify('lectern_live', {topic})";
            batch.BatchCommands.Add(notify.ToCommand());
        }

        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task MoveTo(NpgsqlConnection connection, long position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("UPDATE platform.outbox_cursors SET position = $1 WHERE reader = 'relay'", connection);
        command.Parameters.AddWithValue(position);
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed record Cursor(string FromTx, string ToTx, long Position);

    internal sealed record Waiting(
        long Position, TenantId Tenant, Guid EventId, string Type, string Aggregate, JsonElement Body, string? Trace);
}
