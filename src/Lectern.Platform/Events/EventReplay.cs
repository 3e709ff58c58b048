using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// Tells again what the outbox still holds. For a listener of the product it makes the deliveries that its inbox lacks; for the broker
/// it sets the cursor back. The outbox is the source of both, and not the broker's log: after a restore the log may know what
/// never happened, while outbox, inbox and effects are always of one moment.
/// </summary>
internal sealed class EventReplay(ShardSources shards, TenantDirectory directory, Listeners listeners, TimeProvider clock)
{
    private const int PageSize = 500;

    internal sealed record Request(DateTimeOffset From, string Consumer, string? Type, TenantId? Tenant);

    /// <summary>Makes the missing deliveries of one listener since an instant; answers how many.</summary>
    public async Task<long> ToListener(Request request, CancellationToken ct)
    {
        var heard = listeners.All.Where(listener => listener.Consumer == request.Consumer).Select(listener => listener.EventName).ToList();
        if (heard.Count == 0)
        {
            throw new ArgumentException($"There is no listener '{request.Consumer}'. There are: "
                + string.Join(", ", listeners.All.Select(listener => listener.Consumer).Order()) + ".");
        }

        var made = 0L;
        foreach (var database in directory.Databases)
        {
            var source = shards.Worker(database);
            for (var page = await Missing(source, request, heard, 0, ct); page.Count > 0;
                page = await Missing(source, request, heard, page[^1].Position, ct))
            {
                await using var batch = source.CreateBatch();
                foreach (var waiting in page)
                    batch.BatchCommands.Add(Delivery.Append(waiting, request.Consumer, clock.GetUtcNow()).ToCommand());
                await batch.ExecuteNonQueryAsync(ct);
                made += page.Count;
            }
        }

        return made;
    }

    /// <summary>Sets the broker's cursor back to an instant, in every database; never forward.</summary>
    public async Task ToBroker(DateTimeOffset from, CancellationToken ct)
    {
        foreach (var database in directory.Databases)
        {
            await using var command = shards.Worker(database).CreateCommand(
                """
                UPDATE platform.outbox_cursors c SET from_tx = first.tx, to_tx = first.tx, position = 0
                FROM (SELECT o.tx FROM platform.outbox o WHERE o.occurred_at >= $1 ORDER BY o.tx LIMIT 1) first
                WHERE c.reader = 'broker' AND c.from_tx > first.tx
                """);
            command.Parameters.AddWithValue(from.UtcDateTime);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Forgets the broker, so that the outbox no longer keeps for it; answers in how many databases it was known.</summary>
    public async Task<int> Disconnect(CancellationToken ct)
    {
        var forgotten = 0;
        foreach (var database in directory.Databases)
        {
            await using var command = shards.Worker(database).CreateCommand("DELETE FROM platform.outbox_cursors WHERE reader = 'broker'");
            forgotten += await command.ExecuteNonQueryAsync(ct);
        }

        return forgotten;
    }

    /// <summary>Events of windows the relay is done with, which the listener has not handled.</summary>
    private static async Task<List<OutboxCursor.Waiting>> Missing(
        NpgsqlDataSource source, Request request, List<string> heard, long after, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            """
            SELECT o.position, o.tenant_id, o.event_id, o.type, o.aggregate, o.body, o.trace, o.occurred_at
            FROM platform.outbox o, platform.outbox_cursors c
            WHERE c.reader = 'relay' AND o.tx < c.from_tx AND o.position > $1 AND o.occurred_at >= $2 AND o.type = ANY($3)
              AND ($4::text IS NULL OR o.type = $4) AND ($5::int IS NULL OR o.tenant_id = $5)
              AND NOT EXISTS (SELECT FROM platform.inbox i
                  WHERE i.tenant_id = o.tenant_id AND i.consumer = $6 AND i.event_id = o.event_id)
            ORDER BY o.position LIMIT $7
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(request.From.UtcDateTime);
        command.Parameters.AddWithValue(heard);
        command.Parameters.AddWithValue((object?)request.Type ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)request.Tenant?.Value ?? DBNull.Value);
        command.Parameters.AddWithValue(request.Consumer);
        command.Parameters.AddWithValue(PageSize);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await OutboxCursor.Rows(reader, ct);
    }
}
