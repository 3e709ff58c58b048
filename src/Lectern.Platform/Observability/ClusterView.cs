using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Observability;

/// <summary>Looks at the whole installation: its processes, its databases with their standbys and work, and who lives there.</summary>
internal sealed class ClusterView(
    TenantDirectory directory, ShardSources shards, CoreDatabase core, ShardMeasures measures, Replicas replicas)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    internal enum NodeState { Serving, Draining, Silent }

    internal sealed record Node(
        string Name, string Target, string Version, NodeState State, DateTimeOffset StartedAt, DateTimeOffset SeenAt, double CoresUsed,
        long MemoryBytes, long DiskFreeBytes, int LiveStreams, IReadOnlyList<string> Away);

    internal sealed record Standby(string Address, IReadOnlyList<ReadPurpose> Purposes, double? LagSeconds);

    internal sealed record Shard(
        int Id, string Label, string Cluster, string? Region, SizeTier? Tier, bool Draining, bool Answers, long Institutions,
        ShardMeasures.Work? Jobs, IReadOnlyList<OutboxLag.Reader> Readers, IReadOnlyList<Standby> Standbys);

    internal sealed record Plan(string Name, long Institutions);

    public async Task<List<Node>> Nodes(CancellationToken ct)
    {
        await using var command = shards.Worker(core.Database).CreateCommand(
            $"""
            SELECT name, target, version, draining, seen_at < now() - interval '{(int)NodeBeat.Every.TotalSeconds * 4} seconds', started_at,
                   seen_at, cores_used::float8, memory_bytes, disk_free_bytes, live_streams, away
            FROM platform.nodes ORDER BY target, name
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        var nodes = new List<Node>();
        while (await row.ReadAsync(ct))
        {
            var state = row.GetBoolean(4) ? NodeState.Silent : row.GetBoolean(3) ? NodeState.Draining : NodeState.Serving;
            nodes.Add(new Node(
                row.GetString(0), row.GetString(1), row.GetString(2), state, row.GetFieldValue<DateTimeOffset>(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetDouble(7), row.GetInt64(8), row.GetInt64(9), row.GetInt32(10),
                row.GetFieldValue<string[]>(11)));
        }

        return nodes;
    }

    public async Task<List<Plan>> Plans(CancellationToken ct) =>
        [.. (await Institutions(ct)).GroupBy(one => one.Plan).Select(group => new Plan(group.Key, group.Sum(one => one.Count)))
            .OrderByDescending(plan => plan.Institutions).ThenBy(plan => plan.Name, StringComparer.Ordinal)];

    public async Task<Shard[]> Shards(CancellationToken ct)
    {
        await directory.LoadDatabases(ct);
        var living = (await Institutions(ct)).ToLookup(one => one.Database);
        // Together: one that is away takes its three seconds and nobody else's.
        return await Task.WhenAll(
            directory.Databases.Select(database => Look(database, living[database.Id].Sum(one => one.Count), ct)));
    }

    internal async Task<Shard> Look(ShardDatabase database, long institutions, CancellationToken ct)
    {
        var readers = await Within(token => OutboxLag.Measure(shards.Worker(database), database.Id, token), ct);
        var jobs = readers is null ? null : await Within(token => measures.Jobs(database, token), ct);
        var standbys = database.Replicas.Select(replica => new Standby(
            replica.Address, replica.Purposes, replicas.LagSeconds(database, replica))).ToList();
        return new Shard(
            database.Id, database.Label, database.Cluster, database.Region, database.Tier, database.Draining, readers is not null,
            institutions, jobs, readers ?? [], standbys);
    }

    private async Task<List<(int Database, string Plan, long Count)>> Institutions(CancellationToken ct)
    {
        await using var command = shards.Worker(core.Database).CreateCommand(
            """
            SELECT c.database_id, t.plan, count(*) FROM platform.tenants t JOIN platform.cells c USING (cell_id)
            WHERE t.state <> 'deleted' GROUP BY 1, 2
            """);
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<(int, string, long)>();
        while (await row.ReadAsync(ct)) found.Add((row.GetInt32(0), row.GetString(1), row.GetInt64(2)));
        return found;
    }

    private static async Task<T?> Within<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException
            || (away is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return default;
        }
    }
}
