using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Observability;

/// <summary>Measures what waits in a database: events, jobs, and tasks that should have run.</summary>
internal sealed class ShardMeasures(OutboxLag outbox, ShardSources shards, TimeProvider clock)
{
    /// <summary>Jobs of one database. Counts of those waiting stop where counts of events do; beyond it only the age matters.</summary>
    internal sealed record Work(int Database, long Waiting, long Running, long Dead, double AgeSeconds);

    internal sealed record Scheduled(int Database, string Name, double AgeSeconds, bool Failed);

    /// <summary>Measures one database and tells the meters.</summary>
    public async Task Record(ShardDatabase database, CancellationToken ct)
    {
        await outbox.Record(database, ct);
        StateMeters.Queue(await Jobs(database, ct));
        foreach (var task in await Schedules(database, ct)) StateMeters.Schedule(task);
    }

    public async Task<Work> Jobs(ShardDatabase database, CancellationToken ct)
    {
        await using var command = shards.Worker(database).CreateCommand(
            $"""
            SELECT w.waiting, (SELECT count(*) FROM platform.jobs WHERE state = 'running'),
                   (SELECT count(*) FROM platform.jobs WHERE state = 'dead'),
                   COALESCE(extract(epoch FROM $1 - w.oldest), 0)::float8
            FROM (SELECT count(*) AS waiting, min(r.run_at) AS oldest FROM (
                SELECT run_at FROM platform.jobs WHERE state = 'ready' AND run_at <= $1 LIMIT {OutboxLag.MostCounted}) r) w
            """);
        command.Parameters.AddWithValue(clock.GetUtcNow().UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new Work(database.Id, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetDouble(3));
    }

    private async Task<List<Scheduled>> Schedules(ShardDatabase database, CancellationToken ct)
    {
        await using var command = shards.Worker(database).CreateCommand(
            """
            SELECT name, COALESCE(extract(epoch FROM $1 - last_run_at), 0)::float8, last_error IS NOT NULL FROM platform.schedules
            """);
        command.Parameters.AddWithValue(clock.GetUtcNow().UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(ct);
        var tasks = new List<Scheduled>();
        while (await row.ReadAsync(ct))
            tasks.Add(new Scheduled(database.Id, row.GetString(0), Math.Max(0, row.GetDouble(1)), row.GetBoolean(2)));
        return tasks;
    }
}
