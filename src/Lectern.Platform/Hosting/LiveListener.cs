using Lectern.Platform.Access;
using Lectern.Platform.Caching;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>
/// Listens on each database: for the relay's wake-ups, which it passes to open pages on this node, for what other nodes' writes have
/// outdated, and for who has what open.
/// </summary>
internal sealed class LiveListener(
    TenantDirectory directory, ShardSources shards, LiveSignals signals, LivePresence presence, CacheNews news, SharedSessions sessions,
    ILogger<LiveListener> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new Dictionary<ShardDatabase, Task>();
        try
        {
            // Databases join while we run: an institution is moved to one of its own.
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var database in directory.Databases.Where(known => !listening.ContainsKey(known)))
                    listening[database] = Listen(database, stoppingToken);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }

        await Task.WhenAll(listening.Values);
    }

    private async Task Listen(ShardDatabase database, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && directory.Knows(database))
        {
            try
            {
                await using var connection = await shards.Worker(database).OpenConnectionAsync(stopping);
                connection.Notification += (_, notification) => Hear(notification);
                await using (var listen = new NpgsqlCommand(
                    $"LISTEN lectern_live; LISTEN {LivePresence.Notices}; LISTEN {CacheNews.Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stopping);
                signals.SignalAll();
                news.Listen(database);
                // A connection that a firewall dropped says nothing, as one to a quiet database does; so it is asked.
                await using var stillThere = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
                while (true)
                    if (!await connection.WaitAsync(TimeSpan.FromSeconds(15), stopping)) await stillThere.ExecuteScalarAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                news.Miss(database);
                log.LogWarning(failure, "Live signals of database {Database} are interrupted; trying again.", database.Id);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private void Hear(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Channel == LivePresence.Notices) presence.Hear(notification.Payload);
        else if (notification.Channel != CacheNews.Channel) signals.Signal(notification.Payload);
        else if (notification.Payload.StartsWith("tag ", StringComparison.Ordinal)) _ = news.Outdate(notification.Payload[4..]);
        else if (notification.Payload.StartsWith("session ", StringComparison.Ordinal)) _ = sessions.Hear(notification.Payload[8..]);
    }
}
