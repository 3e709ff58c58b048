using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Observability;

/// <summary>
/// What an operator asks of all shards at once: who lives there, how much they hold, and what waits. Each database is asked by itself, a
/// few at a time; one that is away is a row that says so.
/// </summary>
internal sealed class OperatorReport(
    DatabaseAccess access, TenantDirectory directory, ShardSources shards, ShardMeasures measures, ReplicaWatch watch, Replicas replicas)
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<List<ShardLine>> Make(CancellationToken ct)
    {
        var cells = (await directory.Cells(ct)).ToLookup(cell => cell.DatabaseId);
        var tenants = (await directory.List(ct)).ToLookup(tenant => tenant.Cell.DatabaseId);
        await watch.Look(ct);
        if (directory.Databases.Any(shard => shard.Replicas.Count > 0))
        {
            // How far a standby is behind is known from where its primary was a moment before.
            await Task.Delay(TimeSpan.FromSeconds(1), ct);
            await watch.Look(ct);
        }

        var lines = new ShardLine[directory.Databases.Count];
        await Parallel.ForEachAsync(
            directory.Databases.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (shard, token) => lines[shard.Index] =
                await Line(shard.Item, [.. cells[shard.Item.Id]], tenants[shard.Item.Id].Count(), token));
        return [.. lines];
    }

    private async Task<ShardLine> Line(ShardDatabase shard, List<Cell> cells, int institutions, CancellationToken ct)
    {
        var line = new ShardLine(shard.Label, shard.Cluster, shard.Region, shard.Tier, institutions);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var behind = await OutboxLag.Measure(shards.Worker(shard), shard.Id, limit.Token);
            var jobs = await measures.Jobs(shard, limit.Token);
            await using var source = access.As(DatabaseAccess.Backup, shard, 1);
            await using var connection = await source.OpenConnectionAsync(limit.Token);
            var (people, courses, files) = (0L, 0L, 0L);
            foreach (var cell in cells)
            {
                people += await One(connection, $"SELECT count(*) FROM \"{cell.Schema}\".users", limit.Token);
                courses += await One(connection, $"SELECT count(*) FROM \"{cell.Schema}\".courses", limit.Token);
                files += await One(
                    connection, $"SELECT COALESCE(sum(size_bytes), 0)::bigint FROM \"{cell.Schema}\".storage_use", limit.Token);
            }

            return line with
            {
                People = people, Courses = courses, FileBytes = files,
                Rows = await One(
                    connection, "SELECT COALESCE(sum(n_live_tup), 0)::bigint FROM pg_stat_user_tables WHERE schemaname <> 'platform'",
                        limit.Token),
                DatabaseBytes = await One(connection, "SELECT pg_database_size(current_database())", limit.Token),
                OutboxWaiting = behind.Sum(reader => reader.Waiting),
                OutboxAgeSeconds = behind.Count == 0 ? 0 : behind.Max(reader => reader.AgeSeconds),
                JobsWaiting = jobs.Waiting,
                JobsDead = jobs.Dead,
                Replicas = [.. shard.Replicas.Select(replica => new ReplicaLine(
                    replica.Address, replica.Purposes, replicas.LagSeconds(shard, replica)))],
            };
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException
            || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return line with { Away = away is OperationCanceledException ? "does not answer in time" : away.Message };
        }
    }

    private static async Task<long> One(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}

/// <summary>One shard in the report. <c>Rows</c> is the database's own estimate; <c>Away</c> says why there is nothing else.</summary>
internal sealed record ShardLine(string Shard, string Cluster, string? Region, SizeTier? Tier, int Institutions)
{
    public long? People { get; init; }

    public long? Courses { get; init; }

    public long? Rows { get; init; }

    public long? DatabaseBytes { get; init; }

    public long? FileBytes { get; init; }

    public long? OutboxWaiting { get; init; }

    public double? OutboxAgeSeconds { get; init; }

    public long? JobsWaiting { get; init; }

    public long? JobsDead { get; init; }

    public IReadOnlyList<ReplicaLine> Replicas { get; init; } = [];

    public string? Away { get; init; }
}

/// <summary>A standby, and how many seconds it is behind; null when it does not answer.</summary>
internal sealed record ReplicaLine(string Address, IReadOnlyList<ReadPurpose> Purposes, double? LagSeconds);
