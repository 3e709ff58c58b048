using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Jobs;

/// <summary>Something done again and again in each database: sealing, tidying, making partitions.</summary>
internal interface IScheduledTask
{
    string Name { get; }

    TimeSpan Every { get; }

    Task Run(ShardDatabase database, CancellationToken ct);
}

/// <summary>Runs what is due. The row of a task is locked while it runs, so nodes never do the same task together.</summary>
internal sealed class Scheduler(ShardSources shards, IEnumerable<IScheduledTask> tasks, TimeProvider clock, ILogger<Scheduler> log)
{
    public async Task RunDue(ShardDatabase database, CancellationToken ct)
    {
        foreach (var task in tasks) await RunIfDue(database, task, ct);
    }

    private async Task RunIfDue(ShardDatabase database, IScheduledTask task, CancellationToken ct)
    {
        await using var connection = await shards.Worker(database).OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var now = clock.GetUtcNow();
        await using var claim = new NpgsqlCommand(
            "SELECT 1 FROM platform.schedules WHERE name = $1 AND next_run_at <= $2 FOR UPDATE SKIP LOCKED", connection);
        claim.Parameters.AddWithValue(task.Name);
        claim.Parameters.AddWithValue(now.UtcDateTime);
        if (await claim.ExecuteScalarAsync(ct) is null)
        {
            await Announce(connection, task, now, ct);
            await transaction.CommitAsync(ct);
            return;
        }

        string? error = null;
        try
        {
            await task.Run(database, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "The scheduled task {Task} failed.", task.Name);
            error = failure.Message;
        }

        await using var done = new NpgsqlCommand(
            "UPDATE platform.schedules SET next_run_at = $2, last_run_at = $3, last_error = $4 WHERE name = $1", connection);
        done.Parameters.AddWithValue(task.Name);
        done.Parameters.AddWithValue((now + task.Every).UtcDateTime);
        done.Parameters.AddWithValue(now.UtcDateTime);
        done.Parameters.AddWithValue((object?)error ?? DBNull.Value);
        await done.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task Announce(NpgsqlConnection connection, IScheduledTask task, DateTimeOffset now, CancellationToken ct)
    {
        await using var announce = new NpgsqlCommand(
            "INSERT INTO platform.schedules (name, next_run_at) VALUES ($1, $2) ON CONFLICT DO NOTHING", connection);
        announce.Parameters.AddWithValue(task.Name);
        announce.Parameters.AddWithValue(now.UtcDateTime);
        await announce.ExecuteNonQueryAsync(ct);
    }
}
