using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Jobs;
using Lectern.Platform.Migrations;
using Lectern.Platform.Observability;
using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>
/// What a worker does for each database: relay events, do jobs, run schedules. Polling is the truth; a wake-up only shortens the wait.
/// </summary>
internal sealed class BackgroundLoops(
    TenantDirectory directory, OutboxRelay relay, JobWorker worker, Scheduler scheduler, WorkSignal signal, ShardMeasures measures,
    ShardSources shards, SiteStanding site, PlatformOptions options, ILogger<BackgroundLoops> log, BrokerRelay? broker = null)
    : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var working = new Dictionary<ShardDatabase, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Databases join while we run. Each is worked on by itself, so that one that is away holds up nobody else's work.
            foreach (var database in directory.Databases.Where(known => !working.ContainsKey(known)))
                working[database] = Work(database, stoppingToken);
            foreach (var (left, _) in working.Where(entry => entry.Value.IsCompleted).ToList()) working.Remove(left);
            await WorkSignal.Wait(Task.Delay(Timeout.Infinite, stoppingToken), Idle, stoppingToken);
        }

        await Task.WhenAll(working.Values);
        await worker.Drain();
    }

    // Who works for some institutions only sees nothing of the others: their events are relayed elsewhere.
    private Task Work(ShardDatabase database, CancellationToken stopping) => options.WorksFor.Count > 0
        ? Jobs(database, stopping)
        : Task.WhenAll(Jobs(database, stopping), Everybodys(database, stopping));

    private Task Jobs(ShardDatabase database, CancellationToken stopping) => Task.WhenAll(Enum.GetValues<JobLane>().Select(
        lane => Loop($"{lane} jobs", database, () => worker.Fill(database, lane, signal, stopping), stopping)));

    private Task Everybodys(ShardDatabase database, CancellationToken stopping) => Task.WhenAll(
        Loop("relay", database, async () => await relay.RelayOnce(database, stopping), stopping),
        // A loop of its own: a broker that does not answer keeps nobody else waiting.
        broker is null ? Task.CompletedTask : Loop("broker", database, () => broker.RelayOnce(database, stopping), stopping),
        Each(1, "schedules", database, async () =>
        {
            await worker.ReturnExpired(database, stopping);
            await scheduler.RunDue(database, stopping);
        }, stopping),
        Each(5, "measures", database, () => measures.Record(database, stopping), stopping));

    private async Task Each(int seconds, string name, ShardDatabase database, Func<Task> step, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested && directory.Knows(database))
        {
            await Try(name, database, async () =>
            {
                await step();
                return false;
            }, stopping);
            await WorkSignal.Wait(Task.Delay(Timeout.Infinite, stopping), TimeSpan.FromSeconds(seconds), stopping);
        }
    }

    private async Task Loop(string name, ShardDatabase database, Func<Task<bool>> step, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested && directory.Knows(database))
        {
            // Taken before looking, so that work which arrives while we look is not slept over.
            var woken = signal.Next;
            if (await Try(name, database, step, stopping)) signal.Wake();
            else await WorkSignal.Wait(woken, Idle, stopping);
        }
    }

    private async Task<bool> Try(string name, ShardDatabase database, Func<Task<bool>> step, CancellationToken stopping)
    {
        if (site.Refusal is not null) return false;
        try
        {
            return await step();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception away) when (DatabaseFailure.IsLost(away) || StartCheck.IsAway(away))
        {
            shards.Worker(database).Clear();
            log.LogWarning("The {Loop} loop cannot reach database {Database}: {Reason}", name, database.Label, away.Message);
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
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

    /// <summary>Ends at the next wake-up after this was asked for.</summary>
    internal Task Next => Volatile.Read(ref waiting).Task;

    internal static async Task Wait(Task woken, TimeSpan atMost, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(woken, Task.Delay(atMost, limit.Token));
        await limit.CancelAsync();
    }
}
