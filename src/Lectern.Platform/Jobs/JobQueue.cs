using System.Text.Json;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Features;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lectern.Platform.Jobs;

/// <summary>The statements of the job table: asking, claiming, failing.</summary>
internal static class JobQueue
{
    // An institution costs two looks at an index, some 20 microseconds.
    private const int WalkAtMost = 256;
    private const NpgsqlTypes.NpgsqlDbType TextArray = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text;

    public static Sql Append<TJob>(TenantId tenant, JobId id, TJob job, JobOptions options, JobOrigin origin) where TJob : IJob => $"""
        INSERT INTO platform.jobs (
            job_id, tenant_id, kind, body, actor_id, priority, state, order_key, run_at, due, max_attempts, created_at, trace)
        VALUES ({id.Value}, {tenant}, {WireName.Of(typeof(TJob))}, {Sql.Json(job)}, {origin.Actor?.Value},
                {(int)options.Priority}::smallint, 'ready', {options.OrderKey}, {options.RunAt ?? origin.At},
                {(options.RunAt ?? origin.At) <= origin.At}, {options.MaxAttempts}, {origin.At}, {origin.Trace})
        """;

    /// <summary>
    /// Leases up to <c>Count</c> jobs of the kinds asked for. Institutions take turns: each that has work gives its most urgent job,
    /// starting from the one after the last that was served, so that a thousand jobs of one do not hold up a single job of another.
    /// </summary>
    public static async Task<Claims> Claim(NpgsqlDataSource source, ClaimOf claim, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Promote(claim.Now).ToCommand());
        var take = new NpgsqlBatchCommand(Take);
        take.Parameters.AddWithValue(claim.FromTenant);
        take.Parameters.AddWithValue(claim.Now.UtcDateTime);
        take.Parameters.AddWithValue(claim.Count);
        take.Parameters.AddWithValue((claim.Now + claim.Lease).UtcDateTime);
        take.Parameters.AddWithValue(claim.Node);
        take.Parameters.Add(new NpgsqlParameter { Value = (object?)claim.Kinds ?? DBNull.Value, NpgsqlDbType = TextArray });
        take.Parameters.AddWithValue(WalkAtMost);
        take.Parameters.AddWithValue(claim.ToTenant);
        batch.BatchCommands.Add(take);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var (jobs, reached) = (new List<Claimed>(), (int?)null);
        while (await reader.ReadAsync(ct))
        {
            if (reader.IsDBNull(0)) reached = reader.IsDBNull(9) ? null : reader.GetInt32(9);
            else jobs.Add(new Claimed(
                new JobId(reader.GetGuid(0)), new TenantId(reader.GetInt32(1)), reader.GetString(2),
                JsonDocument.Parse(reader.GetString(3)).RootElement,
                reader.GetInt32(4), reader.GetInt32(5), reader.GetGuid(6), reader.IsDBNull(7) ? null : reader.GetString(7),
                reader.IsDBNull(8) ? null : new UserId(reader.GetInt64(8))));
        }

        return new Claims(jobs, reached);
    }

    // Marks jobs whose time has come. A job that failed or was put off is written twice for it; the many that are asked for at once never.
    private static Sql Promote(DateTimeOffset now) => $"""
        UPDATE platform.jobs SET due = true WHERE job_id IN (
            SELECT job_id FROM platform.jobs WHERE state = 'ready' AND NOT due AND run_at <= {now} ORDER BY run_at LIMIT 1000
            FOR UPDATE SKIP LOCKED)
        """;

    // The recursion steps from one institution with due work to the next on jobs_ready, and only as far as the LIMIT of picked asks.
    // When nothing was found, the last row says where the walk was cut off; no number: it came to the end.
    internal const string Take =
        """
        WITH RECURSIVE waiting(tenant_id, n) AS (
            (SELECT tenant_id, 1 FROM platform.jobs WHERE state = 'ready' AND due AND tenant_id BETWEEN $1 AND $8
             ORDER BY tenant_id LIMIT 1)
            UNION ALL
            SELECT (SELECT j.tenant_id FROM platform.jobs j
                WHERE j.state = 'ready' AND j.due AND j.tenant_id > w.tenant_id AND j.tenant_id <= $8
                ORDER BY j.tenant_id LIMIT 1), w.n + 1
            FROM waiting w WHERE w.tenant_id IS NOT NULL AND w.n < $7
        ), picked AS (
            SELECT c.job_id FROM waiting w CROSS JOIN LATERAL (
                SELECT j.job_id, j.priority, j.run_at FROM platform.jobs j
                WHERE j.state = 'ready' AND j.due AND j.tenant_id = w.tenant_id AND j.run_at <= $2
                  AND ($6::text[] IS NULL OR j.kind = ANY ($6))
                  AND (j.order_key IS NULL OR NOT EXISTS (
                      SELECT 1 FROM platform.jobs e
                      WHERE e.order_key = j.order_key AND e.seq < j.seq AND e.state IN ('ready', 'running')))
                ORDER BY j.priority, j.run_at LIMIT 1 FOR UPDATE SKIP LOCKED) c
            WHERE w.tenant_id IS NOT NULL LIMIT $3
        ), taken AS (
            UPDATE platform.jobs j SET state = 'running', lease = gen_random_uuid(), lease_until = $4, leased_by = $5,
                attempts = attempts + 1
            FROM picked p WHERE j.job_id = p.job_id
            RETURNING j.job_id, j.tenant_id, j.kind, j.body, j.attempts, j.max_attempts, j.lease, j.trace, j.actor_id
        )
        SELECT t.job_id, t.tenant_id, t.kind, t.body, t.attempts, t.max_attempts, t.lease, t.trace, t.actor_id, NULL::int FROM taken t
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, (SELECT w.tenant_id FROM waiting w WHERE w.n = $7)
        WHERE NOT EXISTS (SELECT FROM picked)
        """;

    /// <summary>Marks the job done inside its own transaction; 0 rows when the lease was lost, and then nothing of it may stand.</summary>
    public static Sql Finish(Claimed job, object? result, DateTimeOffset now) => $"""
        UPDATE platform.jobs SET state = 'done', result = {Sql.Json(result)}, finished_at = {now}, lease = NULL, lease_until = NULL,
            error = NULL
        WHERE job_id = {job.Id.Value} AND lease = {job.Lease} AND state = 'running'
        """;

    public static async Task Fail(NpgsqlDataSource source, Claimed job, string error, DateTimeOffset now, CancellationToken ct)
    {
        var dead = job.Attempts >= job.MaxAttempts;
        // Full jitter: many jobs that failed together must not come back together.
        var ceiling = Math.Min(300, Math.Pow(2, job.Attempts));
        var retryAt = now + TimeSpan.FromSeconds(Random.Shared.NextDouble() * ceiling);
        await Send(source, $"""
            UPDATE platform.jobs SET state = {(dead ? "dead" : "ready")}, error = {error}, run_at = {retryAt}, due = false, lease = NULL,
                lease_until = NULL,
                   finished_at = CASE WHEN {dead} THEN {now} END
            WHERE job_id = {job.Id.Value} AND lease = {job.Lease} AND state = 'running'
            """, ct);
    }

    /// <summary>Hands a job back untried: its worker stops, or its institution is being moved.</summary>
    public static Task<int> PutBack(NpgsqlDataSource source, Claimed job, DateTimeOffset runAt, CancellationToken ct) => Send(source, $"""
        UPDATE platform.jobs SET state = 'ready', run_at = {runAt}, due = false, lease = NULL, lease_until = NULL,
            attempts = GREATEST(attempts - 1, 0)
        WHERE job_id = {job.Id.Value} AND lease = {job.Lease} AND state = 'running'
        """, ct);

    /// <summary>Gives back what workers that died had taken; a job that has killed its worker too often is set aside.</summary>
    public static Task<int> ReturnExpired(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct) => Send(source, $"""
        UPDATE platform.jobs SET state = CASE WHEN attempts >= max_attempts THEN 'dead' ELSE 'ready' END, lease = NULL, lease_until = NULL,
               finished_at = CASE WHEN attempts >= max_attempts THEN {now} END,
               error = 'The worker that had this job stopped answering.'
        WHERE state = 'running' AND lease_until < {now}
        """, ct);

    public static async Task<bool> Heartbeat(
        NpgsqlDataSource source, Claimed job, long? done, long? total, DateTimeOffset until, CancellationToken ct) => await Send(source,
        $"""
        UPDATE platform.jobs SET lease_until = {until}, progress = COALESCE({done}::bigint, progress), total = COALESCE({total}::bigint,
            total)
        WHERE job_id = {job.Id.Value} AND lease = {job.Lease} AND state = 'running'
        """, ct) == 1;

    private static async Task<int> Send(NpgsqlDataSource source, Sql sql, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(sql.ToCommand());
        return await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Which jobs a worker wants. No kinds: of every kind.</summary>
    internal sealed record ClaimOf(string Node, int Count, DateTimeOffset Now, TimeSpan Lease, int FromTenant, string[]? Kinds)
    {
        /// <summary>The last institution that is looked at.</summary>
        public int ToTenant { get; init; } = int.MaxValue;
    }

    /// <param name="Reached">With no jobs: the institution at which the walk was cut off; null when it came to the end.</param>
    internal sealed record Claims(List<Claimed> Jobs, int? Reached);

    internal sealed record Claimed(
        JobId Id, TenantId Tenant, string Kind, JsonElement Body, int Attempts, int MaxAttempts, Guid Lease, string? Trace, UserId? Actor);
}

/// <summary>Who asked for a job, when, and as part of which trace.</summary>
internal sealed record JobOrigin(UserId? Actor, DateTimeOffset At, string? Trace);

/// <summary>Which handler does which kind of job. Filled at start.</summary>
internal sealed record JobRegistration(
    string Kind, JobLane Lane, Feature? Feature, Func<IServiceProvider, JsonElement, JobProgress, CancellationToken, Task<object?>> Run);

public static class JobServices
{
    /// <summary>Lets <typeparamref name="THandler"/> do jobs of kind <typeparamref name="TJob"/>.</summary>
    public static IServiceCollection AddJob<TJob, THandler>(
        this IServiceCollection services, JobLane lane = JobLane.Work, Feature? feature = null)
        where TJob : IJob where THandler : class, IJobHandler<TJob>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new JobRegistration(
            WireName.Of(typeof(TJob)), lane, feature,
            (scope, body, progress, ct) =>
                scope.GetRequiredService<THandler>().Run(body.Deserialize<TJob>(LecternJson.Options)!, progress, ct)));
    }
    /// <summary>Asks for a <typeparamref name="TJob"/> once a night in every institution.</summary>
    public static IServiceCollection AddNightly<TJob>(this IServiceCollection services) where TJob : IJob, new() =>
        services.AddSingleton(NightlyRound.Of<TJob>());
}
