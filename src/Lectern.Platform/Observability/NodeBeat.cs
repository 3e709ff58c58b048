using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Observability;

/// <summary>Tells the catalogue every few seconds that this process is there and how it is, for those who run the installation.</summary>
internal sealed class NodeBeat(
    NodeIdentity node, NodeTarget target, ServingState state, ShardSources shards, CoreDatabase core, LiveSignals signals,
    Dependencies dependencies, PlatformOptions options, TimeProvider clock, ILogger<NodeBeat> log) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly DateTimeOffset started = clock.GetUtcNow();
    private TimeSpan usedBefore = Environment.CpuUsage.TotalTime;
    private long lookedAt = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Try(() => Beat(stoppingToken));
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Who leaves in order says so; who does not falls silent, and that is seen too.
        await Try(() => Execute("DELETE FROM platform.nodes WHERE name = $1", CancellationToken.None, node.Name));
    }

    private async Task Beat(CancellationToken ct)
    {
        var drive = new DriveInfo(Path.GetFullPath(options.DataFolder));
        StateMeters.Disk(drive);
        string[] away = [.. dependencies.All.Where(one => one.State is not DependencyState.Closed).Select(one => one.Rules.Name)];
        await Execute(
            """
            INSERT INTO platform.nodes (
                name, target, version, started_at, seen_at, draining, cores_used, memory_bytes, disk_free_bytes, live_streams, away)
            VALUES ($1, $2, $3, $4, now(), $5, $6, $7, $8, $9, $10)
            ON CONFLICT (name) DO UPDATE SET seen_at = now(), draining = $5, cores_used = $6, memory_bytes = $7, disk_free_bytes = $8,
                live_streams = $9, away = $10
            """, ct, node.Name, target.Name, target.Version, started.UtcDateTime, state.Draining, CoresUsed(), Environment.WorkingSet,
            drive.AvailableFreeSpace, signals.Watching, away);
        // A day is long enough to ask what became of a process that fell silent.
        await Execute("DELETE FROM platform.nodes WHERE seen_at < now() - interval '1 day'", ct);
    }

    private double CoresUsed()
    {
        var (used, now) = (Environment.CpuUsage.TotalTime, clock.GetTimestamp());
        var passed = clock.GetElapsedTime(lookedAt, now);
        var cores = passed > TimeSpan.Zero ? (used - usedBefore) / passed : 0;
        (usedBefore, lookedAt) = (used, now);
        return Math.Round(cores, 3);
    }

    private async Task Execute(string text, CancellationToken ct, params object[] values)
    {
        await using var command = shards.Worker(core.Database).CreateCommand(text);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task Try(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            log.LogDebug(failure, "The catalogue could not be told how this node is.");
        }
    }
}

/// <summary>Which part of the program this process is, and of which version.</summary>
internal sealed record NodeTarget(string Name)
{
    public string Version { get; } = typeof(NodeTarget).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
