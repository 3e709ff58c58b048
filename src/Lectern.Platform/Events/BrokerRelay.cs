using Lectern.Platform.Hosting;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// Tells an outside broker what the outbox holds, by a cursor of its own: whether it is up never matters to the product's listeners.
/// One process does so for a database at a time. Nothing is written while the broker is waited for, because a transaction that is
/// open would hold back every other reader's window.
/// </summary>
internal sealed class BrokerRelay(ShardSources shards, IEventBroker broker, EventCatalogue catalogue, Dependencies dependencies)
{
    private readonly Dependency outside = dependencies.Get(new DependencyRules("broker")
    {
        Called = $"The broker {broker.Address}",
        Timeout = TimeSpan.FromSeconds(30),
        OpenFor = TimeSpan.FromSeconds(5),
    });

    /// <summary>Publishes the next events of one database; true when there may be more.</summary>
    public async Task<bool> RelayOnce(ShardDatabase database, CancellationToken ct)
    {
        // Nothing is read for a broker that is not being called.
        if (outside.State is DependencyState.Open) return false;
        var source = shards.Worker(database);
        await using var guard = await source.OpenConnectionAsync(ct);
        await using var transaction = await guard.BeginTransactionAsync(ct);
        if (!await Alone(guard, ct)) return false;

        await using var connection = await source.OpenConnectionAsync(ct);
        var window = await OutboxCursor.Advance(connection, OutboxCursor.Broker, ct) ?? await Begin(connection, ct);
        var events = await OutboxCursor.Read(connection, window, ct);
        if (events.Count == 0) return false;
        var outgoing = events.Where(waiting => catalogue.Published.ContainsKey(waiting.Type))
            .Select(waiting => OutgoingEnvelope.Of(waiting, window)).ToList();
        if (outgoing.Count > 0 && !await Publish(outgoing, ct)) return false;
        await OutboxCursor.MoveTo(connection, window, events[^1].Position, ct);
        return true;
    }

    /// <summary>Whether it took them. Why not is said once, by the dependency; how far it is behind is measured.</summary>
    private async Task<bool> Publish(List<OutgoingEvent> events, CancellationToken ct)
    {
        try
        {
            await outside.Call(token => broker.Publish(events, token), ct);
            return true;
        }
        catch (Exception away) when (away is BrokerException or TimeoutException or DependencyAwayException)
        {
            return false;
        }
    }

    /// <summary>
    /// An advisory lock holds no row and no transaction number, and goes with the connection. Its number is nobody else's: the roles
    /// take 7205759, the catalogue's turn is 7205760.
    /// </summary>
    private static async Task<bool> Alone(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(7205761)", connection);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>A broker that is new is told what the outbox still has.</summary>
    private static async Task<OutboxCursor.Window> Begin(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO platform.outbox_cursors (reader, from_tx, to_tx, position) VALUES ($1, '0', '0', 0) ON CONFLICT DO NOTHING",
            connection);
        command.Parameters.AddWithValue(OutboxCursor.Broker);
        await command.ExecuteNonQueryAsync(ct);
        return await OutboxCursor.Advance(connection, OutboxCursor.Broker, ct)
            ?? new OutboxCursor.Window(OutboxCursor.Broker, "0", "0", 0);
    }
}
