using Lectern.Platform.Events;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>
/// What a worker does for each database: relay events, do jobs, run schedules. Polling is the truth; a wake-up only shortens the wait.
/// </summary>
internal sealed class BackgroundLoops(
    TenantDirectory directory, OutboxRelay relay, JobWorker worker, Scheduler scheduler, WorkSignal signal, ILogger<BackgroundLoops> log)
    : BackgroundService
{
    private const int Parallel = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Loop("relay", async database => await relay.RelayOnce(database, stoppingToken), stoppingToken),
        Loop("jobs", async database => await worker.WorkOnce(database, Parallel, stoppingToken) > 0, stoppingToken),
        Loop("schedules", async database =>
        {
            await worker.ReturnExpired(database, stoppingToken);
            await scheduler.RunDue(database, stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            return false;
        }, stoppingToken));

    private async Task Loop(string name, Func<ShardDatabase, Task<bool>> step, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var more = false;
            foreach (var database in directory.Databases) more |= await Try(name, database, step, stopping);
            if (more) signal.Wake();
            else await signal.Wait(Idle, stopping);
        }
    }

    private async Task<bool> Try(string name, ShardDatabase database, Func<ShardDatabase, Task<bool>> step, CancellationToken stopping)
    {
        try
        {
            return await step(database);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            // A database that is away or a row that cannot be read must not end the loop; it is tried again.
            log.LogWarning(failure, "The {Loop} loop met a failure on database {Database}.", name, database.Id);
            await Task.Delay(TimeSpan.FromSeconds(failure is NpgsqlException ? 1 : 2), CancellationToken.None);
            return false;
        }
    }
}

/// <summary>Shortens the wait for work that this process has just committed.</summary>
public sealed class WorkSignal
{
    private TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake() => Interlocked.Exchange(ref waiting, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    internal async Task Wait(TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var woken = waiting.Task;
        await Task.WhenAny(woken, Task.Delay(atMost, limit.Token));
        await limit.CancelAsync();
    }
}

/// <summary>Listens for the relay's wake-ups on each database and passes them to open pages on this node.</summary>
internal sealed class LiveListener(
    TenantDirectory directory, ShardSources shards, LiveSignals signals, ILogger<LiveListener> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(directory.Databases.Select(database => Listen(database, stoppingToken)));

    private async Task Listen(ShardDatabase database, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await shards.Worker(database).OpenConnectionAsync(stopping);
                connection.Notification += (_, notification) => signals.Signal(notification.Payload);
                await using (var listen = new NpgsqlCommand("LISTEN lectern_live", connection)) await listen.ExecuteNonQueryAsync(stopping);
                signals.SignalAll();
                while (true) await connection.WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                log.LogWarning(failure, "Live signals of database {Database} are interrupted; trying again.", database.Id);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }
}
