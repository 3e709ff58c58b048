using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Hosting;

/// <summary>Makes tomorrow's outbox partition and drops what has been delivered and kept long enough.</summary>
internal sealed class Housekeeping(ShardSources shards, TimeProvider clock) : IScheduledTask
{
    private const int KeepInboxDays = 30;
    private const int KeepJobsDays = 30;

    // Longer than any listener's retries and an outside broker's holiday; a week of events is what a relay may have to send again.
    private const int KeepEventsDays = 7;

    public string Name => "housekeeping";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task Run(ShardDatabase database, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await TendOutbox(shards.Worker(database), DateOnly.FromDateTime(now), KeepEventsDays, ct);
        await Do(shards.Worker(database), "DELETE FROM platform.inbox WHERE handled_at < $1", now.AddDays(-KeepInboxDays), ct);
        await Do(shards.Worker(database), "DELETE FROM platform.jobs WHERE state IN ('done', 'cancelled') AND finished_at < $1",
            now.AddDays(-KeepJobsDays), ct);
    }

    /// <summary>Makes the partitions of the coming days and drops those whose events are delivered and old; answers how many were
    /// dropped.</summary>
    internal static async Task<int> TendOutbox(NpgsqlDataSource source, DateOnly today, int keepDays, CancellationToken ct)
    {
        await using var command = source.CreateCommand("SELECT platform.tend_outbox($1, $2)");
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(keepDays);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task Do(NpgsqlDataSource source, string text, DateTime before, CancellationToken ct)
    {
        await using var command = source.CreateCommand(text);
        command.Parameters.AddWithValue(before);
        await command.ExecuteNonQueryAsync(ct);
    }
}
