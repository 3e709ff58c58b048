using Lectern.Platform.Hosting;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Events;

/// <summary>
/// How far each reader of the outbox is behind. A count stops at <see cref="MostCounted"/>: beyond it only the age matters.
/// </summary>
internal sealed class OutboxLag(ShardSources shards, TenantDirectory directory)
{
    public const int MostCounted = 100_000;

    internal sealed record Reader(int Database, string Name, long Waiting, double AgeSeconds);

    public async Task<List<Reader>> Measure(CancellationToken ct)
    {
        var readers = new List<Reader>();
        foreach (var database in directory.Databases) readers.AddRange(await Measure(shards.Worker(database), database.Id, ct));
        return readers;
    }

    /// <summary>Measures one database and tells the meters.</summary>
    public async Task Record(ShardDatabase database, CancellationToken ct)
    {
        foreach (var reader in await Measure(shards.Worker(database), database.Id, ct))
            Meters.OutboxLag(reader.Database, reader.Name, reader.Waiting, reader.AgeSeconds);
    }

    internal static async Task<List<Reader>> Measure(NpgsqlDataSource source, int database, CancellationToken ct)
    {
        // Two ranges of the index instead of an OR over it: what later windows will hold, and what is left of this one.
        await using var command = source.CreateCommand(
            $"""
            SELECT c.reader, w.waiting, COALESCE(extract(epoch FROM now() - w.oldest), 0)::float8
            FROM platform.outbox_cursors c CROSS JOIN LATERAL (
                SELECT count(*) AS waiting, min(x.occurred_at) AS oldest FROM (
                    (SELECT o.occurred_at FROM platform.outbox o
                     WHERE o.tx >= c.from_tx AND o.tx < c.to_tx AND o.position > c.position ORDER BY o.tx, o.position LIMIT {MostCounted})
                    UNION ALL
                    (SELECT o.occurred_at FROM platform.outbox o
                     WHERE o.tx >= c.to_tx ORDER BY o.tx, o.position LIMIT {MostCounted})
                    LIMIT {MostCounted}) x) w
            ORDER BY c.reader
            """);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var readers = new List<Reader>();
        while (await rows.ReadAsync(ct))
            readers.Add(new Reader(database, rows.GetString(0), rows.GetInt64(1), Math.Max(0, rows.GetDouble(2))));
        return readers;
    }
}
