using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// Turns events into one job per listener, and wakes open pages. One relay per database does so at a time: whoever holds the
/// cursor row.
/// </summary>
internal sealed class OutboxRelay(ShardSources shards, Listeners listeners, TimeProvider clock, ILogger<OutboxRelay> log)
{
    /// <summary>Relays what is waiting in one database; true when it found something: there may be more, and now
    /// there is work for others.</summary>
    public async Task<bool> RelayOnce(ShardDatabase database, CancellationToken ct)
    {
        await using var connection = await shards.Worker(database).OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var window = await OutboxCursor.Advance(connection, OutboxCursor.Relay, ct);
        if (window is null) return false;
        var events = await OutboxCursor.Read(connection, window, ct);
        if (events.Count > 0)
        {
            await Forward(connection, events, ct);
            await OutboxCursor.MoveTo(connection, window, events[^1].Position, ct);
        }

        await transaction.CommitAsync(ct);
        if (events.Count > 0) log.LogDebug("Relayed {Count} events of database {Database}.", events.Count, database.Id);
        return events.Count > 0;
    }

    private async Task Forward(NpgsqlConnection connection, List<OutboxCursor.Waiting> events, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var now = clock.GetUtcNow();
        foreach (var waiting in events)
        {
            foreach (var listener in listeners.Of(waiting.Type))
            {
                batch.BatchCommands.Add(Delivery.Append(waiting, listener.Consumer, now).ToCommand());
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
}
