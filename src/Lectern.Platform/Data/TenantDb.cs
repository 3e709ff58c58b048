using System.Runtime.ExceptionServices;
using Lectern.Platform.Access;
using Lectern.Platform.Audit;
using Lectern.Platform.Caching;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Platform.Data;

/// <summary>
/// The only door to an institution's data. It cannot be had without a tenant, and the first statement of everything it sends
/// names that tenant for the row policies, in the same round trip as the first query.
/// <para>
/// Reads outside a transaction are one round trip each. The first write opens the unit of work; everything after it, reads
/// included, happens inside, and <see cref="Commit"/> sends the waiting audit rows, events and jobs with it. Endpoints, jobs
/// and listeners never commit themselves: the platform does, when they have succeeded.
/// </para>
/// </summary>
public sealed class TenantDb : IAsyncDisposable
{
    private readonly CellPool pool;
    private readonly ReadRoute route;
    private readonly bool hasReplicas;
    private readonly Tenant tenant;
    private readonly TenantContext context;
    private readonly TimeProvider clock;
    private readonly WorkSignal signal;
    private readonly CacheNews news;
    private readonly bool setsSearchPath;
    private readonly List<(Sql Sql, Func<NpgsqlDataReader, Task>? Read)> atCommit = [];
    private readonly List<Func<Task>> afterCommit = [];
    private CellConnection? connection;
    private NpgsqlTransaction? transaction;
    private bool named;
    private bool wakes;

    internal TenantDb(
        CellSources sources, Replicas replicas, TenantContext context, TimeProvider clock, WorkSignal signal, CacheNews news)
    {
        tenant = context.Tenant;
        this.context = context;
        pool = sources.For(tenant.Cell);
        route = new ReadRoute(sources, replicas, context);
        hasReplicas = replicas.Has(tenant.Cell);
        setsSearchPath = tenant.Cell.Kind is CellKind.Schema;
        (this.clock, this.signal, this.news) = (clock, signal, news);
    }

    public TenantId Tenant => tenant.Id;

    // Asked anew each time: the session that says who acts is itself read through this door.
    private Actor Actor => context.Actor;

    /// <summary>
    /// Now, by the application's clock. Queries compare with this and not with the server's, so that tests can move time.
    /// </summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Lets a standby answer reads outside a unit of work: one that has seen everything up to a position of the log.</summary>
    public void ReadsMayLag(ReadPurpose purpose, long seen = 0) => route.MayLag(purpose, seen);

    /// <summary>Whether a standby may answer while there is no primary.</summary>
    internal bool MaySpare
    {
        set => route.Spare = value;
    }

    /// <summary>Whether a standby stood in for a primary that is away; who is not found then may be there all the same.</summary>
    internal bool StoodIn => route.StoodIn;

    /// <summary>Asks, with one more round trip, how far the log is after the commit; for those who read what they wrote.</summary>
    internal bool WantsPosition { private get; set; }

    /// <summary>How far the log was when the last unit of work was durable; null when no standby could be behind it.</summary>
    internal long? Position { get; private set; }

    /// <summary>Whether a unit of work is open or something waits to be written.</summary>
    internal bool HasWork => transaction is not null || atCommit.Count > 0;

    public async Task<List<T>> Query<T>(Sql sql, CancellationToken ct)
    {
        // INSERT … RETURNING and SELECT … FOR UPDATE mean nothing outside the unit of work they belong to.
        if (sql.WritesOrLocks) await Begin(ct);
        var rows = new List<T>();
        await Run([(sql, reader => Collect(reader, rows, ct))], ct);
        return rows;
    }

    /// <summary>The first row, or null when there is none.</summary>
    public async Task<T?> Find<T>(Sql sql, CancellationToken ct) where T : class
    {
        var rows = await Query<T>(sql, ct);
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <summary>The first row. A missing one is a mistake in the program.</summary>
    public async Task<T> Get<T>(Sql sql, CancellationToken ct)
    {
        var rows = await Query<T>(sql, ct);
        return rows.Count > 0 ? rows[0] : throw new InvalidOperationException($"No row answers: {sql}");
    }

    /// <summary>The first column of the first row; the type's default when there is none.</summary>
    public async Task<T?> Value<T>(Sql sql, CancellationToken ct)
    {
        var rows = await Query<T>(sql, ct);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Several reads in one round trip.</summary>
    public TenantBatch Batch() => new(this);

    /// <summary>Writes, inside the unit of work, and answers how many rows it touched.</summary>
    public async Task<int> Execute(Sql sql, CancellationToken ct)
    {
        await Begin(ct);
        return await Run([(sql, null)], ct);
    }

    /// <summary>Opens the unit of work before the first write, for a read that must lock what it sees.</summary>
    public async Task Begin(CancellationToken ct)
    {
        if (transaction is not null) return;
        connection = await pool.Open(context, ct);
        try
        {
            // It may have begun to move while this waited for its turn.
            await context.ConfirmPlace(ct);
            transaction = await connection.Open.BeginTransactionAsync(ct);
        }
        catch
        {
            // Nobody will end what has not begun, and others wait for the connection.
            await Close();
            throw;
        }
    }

    /// <summary>Tells the rest of the product what happened, in order per aggregate, once this unit of work is durable.</summary>
    public void Raise<TEvent>(TEvent happened) where TEvent : IEvent => RaiseAll([happened]);

    /// <summary>The same of many at once, with one statement.</summary>
    public void RaiseAll<TEvent>(IReadOnlyCollection<TEvent> happened) where TEvent : IEvent
    {
        if (happened.Count == 0) return;
        atCommit.Add((Outbox.Append(tenant, happened, Now), null));
        wakes = true;
    }

    /// <summary>Records who did or saw what. Written in this unit of work, or with a round trip of its own when nothing else is.</summary>
    public void Audit(AuditAction action, string subject, object? detail = null) =>
        atCommit.Add((AuditLog.Append(tenant, Actor, action, subject, detail, Now), null));

    /// <summary>A read that records in the same statement who saw what; for reads that are to cost one round trip.</summary>
    public Sql Audited(AuditAction action, string subject, object? detail, Sql read) =>
        $"WITH audited AS ({AuditLog.Append(tenant, Actor, action, subject, detail, Now)}) {read}";

    /// <summary>Asks for work to be done later, if and only if this unit of work commits.</summary>
    public JobId Enqueue<TJob>(TJob job, JobOptions? options = null) where TJob : IJob
    {
        var id = JobId.New(Now);
        var origin = new JobOrigin(Actor.UserId, Now, System.Diagnostics.Activity.Current?.Id);
        atCommit.Add((JobQueue.Append(tenant.Id, id, job, options ?? JobOptions.Default, origin), null));
        wakes = true;
        return id;
    }

    /// <summary>
    /// A statement sent last, with the commit. For the one row many writers share (a course's version), so that they wait for
    /// each other only as long as the commit takes.
    /// </summary>
    public void AtCommit(Sql sql) => atCommit.Add((sql, null));

    /// <summary>The same, for a statement that answers a row: what it says is known when the unit of work has been committed.</summary>
    public void AtCommit<T>(Sql sql, Action<T> answered) => atCommit.Add((sql, async reader =>
    {
        var rows = new List<T>();
        await Collect(reader, rows, CancellationToken.None);
        rows.ForEach(answered);
    }));

    /// <summary>
    /// Outdates everything that is cached under a tag, on every node, if and only if this unit of work commits. The tag begins with
    /// this institution: <see cref="CacheKey.Of"/>.
    /// </summary>
    public void Outdate(string tag)
    {
        Tell($"tag {tag}");
        afterCommit.Add(() => news.Outdate(tag));
    }

    /// <summary>Tells every node with the commit.</summary>
    internal void Tell(string news)
    {
        Sql notify = $"SELECT pg_notify({CacheNews.Channel}, {news})";
        atCommit.Add((notify, async reader => { while (await reader.ReadAsync()) { } }));
    }

    /// <summary>Done after the commit and before the answer. It must not fail: the write has happened.</summary>
    internal void AfterCommit(Func<Task> work) => afterCommit.Add(work);

    internal async Task Commit(CancellationToken ct)
    {
        if (!HasWork) return;
        if (atCommit.Count > 0)
        {
            await Begin(ct);
            await RunAndCommit(ct);
        }
        else await transaction!.CommitAsync(ct);

        atCommit.Clear();
        // Events and jobs of this unit of work need not wait for the next poll.
        if (wakes) signal.Wake();
        wakes = false;
        foreach (var work in afterCommit) await work();
        afterCommit.Clear();
        // Last, because nothing that must follow the write may depend on it.
        if (WantsPosition && hasReplicas) Position = await ReachedPosition();
        await Close();
    }

    /// <summary>
    /// What waits and the commit in one round trip: the row that many share is held only while the server works, however far it is.
    /// </summary>
    private async Task RunAndCommit(CancellationToken ct)
    {
        try
        {
            await Run([.. atCommit, ($"COMMIT", null)], ct);
        }
        catch (StatementTooSlowException silence)
        {
            // Nobody asked for much, and what was asked for may have been done.
            pool.Source.Clear();
            ExceptionDispatchInfo.Throw(silence.InnerException!);
        }
    }

    private async Task<long> ReachedPosition()
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint", connection!.Open);
            command.CommandTimeout = 2;
            return (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure))
        {
            // What was committed stays so. Nobody knows how far to look, so no standby is asked for a while.
            return long.MaxValue;
        }
    }

    internal async Task Rollback()
    {
        atCommit.Clear();
        afterCommit.Clear();
        if (transaction is not null) await transaction.RollbackAsync(CancellationToken.None);
        await Close();
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is null) return;
        try
        {
            await Rollback();
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure) || failure is InvalidOperationException)
        {
            // The server has forgotten what it was to roll back.
            await Close();
        }
    }

    /// <summary>Sends statements in one round trip; those with a reader give rows. Answers how many rows the last one touched.</summary>
    internal async Task<int> Run(IReadOnlyList<(Sql Sql, Func<NpgsqlDataReader, Task>? Read)> steps, CancellationToken ct)
    {
        if (transaction is null) return await ReadFromSomewhere(steps, ct);
        try
        {
            var touched = await Send(connection!.Open, names: !named, steps, () => { }, ct);
            named = true;
            return touched;
        }
        catch (Exception slow) when (DatabaseFailure.TookTooLong(slow))
        {
            throw new StatementTooSlowException(slow);
        }
        catch (Exception failure) when (DatabaseFailure.IsLost(failure))
        {
            // What was begun cannot be repeated from here; but nobody after us shall meet a connection to the server that was.
            pool.Source.Clear();
            throw;
        }
    }

    private Task<int> ReadFromSomewhere(IReadOnlyList<(Sql Sql, Func<NpgsqlDataReader, Task>? Read)> steps, CancellationToken ct)
    {
        if (steps.Any(step => step.Sql.WritesOrLocks)) return WriteAlone(steps, ct);
        // Rows already handed out cannot be taken back, so only what has not begun to answer is asked again.
        var begun = false;
        return route.Ask(open => Send(open, names: true, steps, () => begun = true, ct), () => begun, ct);
    }

    private async Task<int> WriteAlone(IReadOnlyList<(Sql Sql, Func<NpgsqlDataReader, Task>? Read)> steps, CancellationToken ct)
    {
        await using var own = await pool.Open(context, ct);
        return await Send(own.Open, names: true, steps, () => { }, ct);
    }

    private async Task<int> Send(
        NpgsqlConnection open, bool names, IReadOnlyList<(Sql Sql, Func<NpgsqlDataReader, Task>? Read)> steps, Action begins,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(open, transaction);
        if (names) batch.BatchCommands.Add(NameTenant());
        foreach (var (sql, _) in steps) batch.BatchCommands.Add(sql.ToCommand());
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            begins();
            var first = !names;
            foreach (var (_, read) in steps)
            {
                // Statements without rows are passed over by the reader itself.
                if (read is null) continue;
                if (!first) await reader.NextResultAsync(ct);
                first = false;
                await read(reader);
            }

            while (await reader.NextResultAsync(ct)) { }
        }

        return steps.Count == 0 ? 0 : (int)batch.BatchCommands[^1].RecordsAffected;
    }

    internal static async Task Collect<T>(NpgsqlDataReader reader, List<T> rows, CancellationToken ct)
    {
        var read = RowReader<T>.For(reader);
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
    }

    private NpgsqlBatchCommand NameTenant()
    {
        // set_config(…, true) ends with the transaction. A session-wide SET outlives it on a pooled connection and shows the
        // next caller another institution's rows.
        var id = tenant.Id.ToString();
        Sql schema = $", set_config('search_path', {tenant.Cell.Schema}, true)";
        Sql sql = $"SELECT set_config('lectern.tenant', {id}, true){Sql.When(setsSearchPath, schema)}";
        return sql.ToCommand();
    }

    private async Task Close()
    {
        if (transaction is not null) await transaction.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
        transaction = null;
        connection = null;
        named = false;
    }
}

/// <summary>
/// Statements that travel together. Add them, then <see cref="Run"/>; each list is filled when it returns. A batch that writes opens
/// the unit of work.
/// </summary>
public sealed class TenantBatch(TenantDb db)
{
    private readonly List<(Sql, Func<NpgsqlDataReader, Task>?)> steps = [];
    private bool writes;

    /// <summary>A write, in its place among the reads.</summary>
    public void Execute(Sql sql)
    {
        steps.Add((sql, null));
        writes = true;
    }

    public List<T> Query<T>(Sql sql)
    {
        var rows = new List<T>();
        steps.Add((sql, reader => TenantDb.Collect(reader, rows, CancellationToken.None)));
        return rows;
    }

    public async Task Run(CancellationToken ct)
    {
        if (writes) await db.Begin(ct);
        await db.Run(steps, ct);
    }
}
