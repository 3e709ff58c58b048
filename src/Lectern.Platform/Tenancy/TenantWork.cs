using System.Globalization;
using System.IO.Compression;
using Lectern.Platform.Events;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>
/// What an institution has promised and not done yet, as a backup carries it: jobs that wait or were given up on, events no listener has
/// been told of, and which events each has heard, so that none is heard twice. Read in the backup's snapshot, in which an event is either
/// still to be relayed or a job already.
/// </summary>
internal static class TenantWork
{
    private const string NewJobId = "(left(w.job_id::text, 15) || substr(gen_random_uuid()::text, 16))::uuid";

    private static readonly Kind[] Kinds =
    [
        new("jobs",
            "job_id, kind, body, actor_id, priority, state, order_key, seq, run_at, attempts, max_attempts, progress, total, error, "
            + "created_at, finished_at, trace",
            "platform.jobs o WHERE o.state IN ('ready', 'running', 'dead')"),
        new("outbox", "position, event_id, type, aggregate, body, occurred_at, trace",
            $"platform.outbox o JOIN platform.outbox_cursors c ON c.reader = '{OutboxCursor.Relay}' WHERE {OutboxCursor.Before}"),
        new("inbox", "consumer, event_id, handled_at", "platform.inbox o WHERE true"),
    ];

    public static async Task<List<BackedUpTable>> Save(NpgsqlConnection snapshot, ZipArchive zip, TenantId tenant, CancellationToken ct)
    {
        var saved = new List<BackedUpTable>();
        foreach (var kind in Kinds)
        {
            var select = $"SELECT {kind.Of("o")} FROM {kind.From} AND o.tenant_id = {tenant}";
            await using (var writing = zip.CreateEntry(kind.Entry, CompressionLevel.Fastest).Open())
            await using (var reading = await snapshot.BeginRawBinaryCopyAsync($"COPY ({select}) TO STDOUT (FORMAT BINARY)", ct))
                await reading.CopyToAsync(writing, ct);
            var sum = await Sum(snapshot, kind, $"({select})", ct);
            saved.Add(new BackedUpTable(kind.Table, kind.Columns, sum.Rows, sum.Checksum));
        }

        return saved;
    }

    /// <summary>
    /// Gives the work to a restored institution, in the order it had. Jobs get names of their own, because the first institution may live
    /// in the same database; its rows that name a job name the new one.
    /// </summary>
    public static async Task<List<TableSum>> Put(
        NpgsqlConnection target, ZipArchive zip, BackupManifest manifest, TenantId tenant, IEnumerable<TenantTable> tables,
        CancellationToken ct)
    {
        var sums = new List<TableSum>();
        foreach (var kind in Kinds)
        {
            if (manifest.Work?.FirstOrDefault(work => work.Name == kind.Table) is not { } saved) continue;
            var incoming = $"work_{kind.Table}";
            await TenantCopy.Run(
                target,
                $"""
                DELETE FROM platform.{kind.Table} WHERE tenant_id = {tenant};
                CREATE TEMPORARY TABLE {incoming} ON COMMIT DROP AS SELECT {kind.Of("t")} FROM platform.{kind.Table} t WITH NO DATA;
                """, ct);
            await using (var writer = await target.BeginRawBinaryCopyAsync($"COPY {incoming} FROM STDIN (FORMAT BINARY)", ct))
            await using (var rows = (zip.GetEntry(kind.Entry) ?? throw Lacks(kind)).Open()) await rows.CopyToAsync(writer, ct);
            var arrived = await Sum(target, kind, incoming, ct);
            if (arrived != new TableSum(saved.Name, saved.Rows, saved.Checksum)) throw new InvalidOperationException(
                $"The waiting work ({kind.Table}) arrived differently: {saved.Rows} rows saved, {arrived.Rows} arrived. Nothing was kept.");
            sums.Add(arrived);
        }

        if (sums.Count > 0) await Enter(target, manifest.TenantId, tenant, tables, ct);
        return sums;
    }

    private static async Task Enter(
        NpgsqlConnection target, int from, TenantId tenant, IEnumerable<TenantTable> tables, CancellationToken ct)
    {
        // What runs in the first institution has not ended in the copy. Keys of order name the institution after the first slash.
        await TenantCopy.Run(
            target,
            $"""
            CREATE TEMPORARY TABLE new_names ON COMMIT DROP AS SELECT w.job_id AS was, {NewJobId} AS now FROM work_jobs w;
            INSERT INTO platform.jobs (job_id, tenant_id, kind, body, actor_id, priority, state, order_key, run_at, due, attempts,
                max_attempts, progress, total, error, created_at, finished_at, trace)
            SELECT n.now, {tenant}, w.kind, w.body, w.actor_id, w.priority, CASE w.state WHEN 'dead' THEN 'dead' ELSE 'ready' END,
                regexp_replace(w.order_key, '^([^/]+)/{Number(from)}(/|$)', '\1/{tenant}\2'), w.run_at, false, w.attempts,
                w.max_attempts, w.progress, w.total, w.error, w.created_at, w.finished_at, w.trace
            FROM work_jobs w JOIN new_names n ON n.was = w.job_id ORDER BY w.seq;
            INSERT INTO platform.outbox (tenant_id, event_id, type, aggregate, body, occurred_at, trace)
            SELECT {tenant}, w.event_id, w.type, w.aggregate, w.body, w.occurred_at, w.trace FROM work_outbox w ORDER BY w.position;
            INSERT INTO platform.inbox (tenant_id, consumer, event_id, handled_at)
            SELECT {tenant}, w.consumer, w.event_id, w.handled_at FROM work_inbox w;
            """, ct);
        foreach (var table in tables.Where(table => table.Columns.Contains("job_id")))
            await TenantCopy.Run(
                target, $"UPDATE {table.Qualified} t SET job_id = n.now FROM new_names n WHERE t.tenant_id = {tenant} AND t.job_id = n.was",
                ct);
    }

    private static async Task<TableSum> Sum(NpgsqlConnection connection, Kind kind, string rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(*), COALESCE(sum(hashtextextended(ROW({kind.Of("w")})::text, 0)::numeric), 0)::text FROM {rows} w
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new TableSum(kind.Table, reader.GetInt64(0), reader.GetString(1));
    }

    private static ArgumentException Lacks(Kind kind) => new($"The backup lacks {kind.Entry}.");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="From">Where its rows <c>o</c> are, up to the institution's own.</param>
    private sealed record Kind(string Table, string Names, string From)
    {
        public string Entry => $"work/{Table}.copy";

        public IReadOnlyList<string> Columns { get; } = Names.Split(", ");

        public string Of(string alias) => string.Join(", ", Columns.Select(column => $"{alias}.{column}"));
    }
}
