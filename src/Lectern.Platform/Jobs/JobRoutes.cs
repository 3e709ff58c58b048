using System.Text.Json;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;

namespace Lectern.Platform.Jobs;

/// <summary>
/// What waits, runs, failed or is done. A person sees the work they asked for; administrators see all of the institution's.
/// </summary>
internal static class JobRoutes
{
    /// <param name="Listener">Who is to be told of an event, when that is the work.</param>
    internal sealed record Listed(
        Guid JobId, string Kind, string? Listener, string State, int Priority, int Attempts, int MaxAttempts, long Progress, long? Total,
        string? Error, JsonElement? Result, UserId? ActorId, DateTimeOffset CreatedAt, DateTimeOffset RunAt, DateTimeOffset? FinishedAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs", List).RequirePermission(PlatformPermission.SeeJobs).CanWait();
        routes.MapGet("/jobs/{jobId:guid}", Get).RequirePermission(PlatformPermission.SignedIn);
        routes.MapPost("/jobs/{jobId:guid}/replay", Replay).RequirePermission(PlatformPermission.ManageJobs);
        routes.MapDelete("/jobs/{jobId:guid}", Cancel).RequirePermission(PlatformPermission.ManageJobs);
    }

    /// <summary>Lists background work, newest first.</summary>
    private static async Task<Page<Listed>> List(string? state, string? kind, PageRequest page, TenantDb db, CancellationToken ct)
    {
        var before = Guid.TryParse(page.After, out var last) ? last : Guid.AllBitsSet;
        var rows = await db.Query<Listed>($"""
            {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND job_id < {before}
            {Sql.When(state is not null, $"AND state = {state}")} {Sql.When(kind is not null, $"AND kind = {kind}")}
            ORDER BY job_id DESC LIMIT {page.Rows}
            """, ct);
        return Page<Listed>.From(rows, page, row => row.JobId.ToString());
    }

    /// <summary>Tells how far one piece of work has come.</summary>
    private static async Task<Results<Ok<Listed>, ProblemHttpResult>> Get(
        Guid jobId, TenantDb db, Actor actor, Access.Access access, CancellationToken ct)
    {
        var job = await db.Find<Listed>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND job_id = {jobId}", ct);
        if (job is null) return Problems.NotFound();
        var mine = job.ActorId is not null && job.ActorId == actor.UserId;
        return mine || await access.May(PlatformPermission.SeeJobs, Scope.Institution, ct) ? TypedResults.Ok(job) : Problems.NotFound();
    }

    /// <summary>Tries a dead or cancelled job again.</summary>
    private static async Task<IResult> Replay(Guid jobId, TenantDb db, CancellationToken ct)
    {
        var again = await db.Execute($"""
            UPDATE platform.jobs SET state = 'ready', attempts = 0, run_at = {db.Now}, error = NULL, finished_at = NULL
            WHERE tenant_id = {db.Tenant} AND job_id = {jobId} AND state IN ('dead', 'cancelled')
            """, ct);
        return again == 1
            ? TypedResults.NoContent()
            : await Unfit(jobId, db, "Only work that failed or was cancelled can be tried again.", ct);
    }

    /// <summary>Stops a job that waits or runs; what it has done so far is rolled back.</summary>
    private static async Task<IResult> Cancel(Guid jobId, TenantDb db, CancellationToken ct)
    {
        var stopped = await db.Execute($"""
            UPDATE platform.jobs SET state = 'cancelled', finished_at = {db.Now}, lease = NULL, lease_until = NULL
            WHERE tenant_id = {db.Tenant} AND job_id = {jobId} AND state IN ('ready', 'running')
            """, ct);
        return stopped == 1 ? TypedResults.NoContent() : await Unfit(jobId, db, "This work has already ended.", ct);
    }

    private static async Task<IResult> Unfit(Guid jobId, TenantDb db, string because, CancellationToken ct) =>
        await db.Value<bool>($"SELECT EXISTS (SELECT 1 FROM platform.jobs WHERE tenant_id = {db.Tenant} AND job_id = {jobId})", ct)
            ? new Refusal("job_state", because).ToProblem()
            : Problems.NotFound();

    private const string Columns =
        """
        SELECT job_id, kind, CASE WHEN kind = 'platform.delivery' THEN body ->> 'consumer' END AS listener, state,
            priority::int AS priority, attempts, max_attempts, progress, total, error, result, actor_id, created_at, run_at, finished_at
        FROM platform.jobs
        """;
}
