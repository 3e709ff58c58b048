using System.Diagnostics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Jobs;

/// <summary>Takes jobs by lease and does them, a few at a time. The work and the mark that it is done commit together.</summary>
internal sealed class JobWorker(
    ShardSources shards, TenantScopes scopes, IEnumerable<JobRegistration> registrations, NodeIdentity node, TimeProvider clock,
    ILogger<JobWorker> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, JobRegistration> byKind = registrations.ToDictionary(registration => registration.Kind);

    /// <summary>Does up to <paramref name="count"/> waiting jobs of a database and answers how many it took.</summary>
    public async Task<int> WorkOnce(ShardDatabase database, int count, CancellationToken ct)
    {
        var source = shards.Worker(database);
        var jobs = await JobQueue.Claim(source, node.Name, count, clock.GetUtcNow(), Lease, ct);
        await Task.WhenAll(jobs.Select(job => Do(source, job, ct)));
        return jobs.Count;
    }

    public Task ReturnExpired(ShardDatabase database, CancellationToken ct) =>
        JobQueue.ReturnExpired(shards.Worker(database), clock.GetUtcNow(), ct);

    private async Task Do(Npgsql.NpgsqlDataSource source, JobQueue.Claimed job, CancellationToken stopping)
    {
        using var activity = Tracing.Source.StartActivity(job.Kind, ActivityKind.Consumer, job.Trace);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heart = Beat(source, job, running);
        var began = clock.GetTimestamp();
        try
        {
            await RunInTenant(source, job, running.Token);
            Meters.JobDone(job.Kind, "done", clock.GetElapsedTime(began));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Meters.JobDone(job.Kind, "failed", clock.GetElapsedTime(began));
            if (failure is not JobLostException)
                log.LogWarning(failure, "Job {Job} of kind {Kind} failed on try {Attempt}.", job.Id, job.Kind, job.Attempts);
            await JobQueue.Fail(source, job, failure.Message, clock.GetUtcNow(), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rollback has undone the work; hand the job back at once instead of letting the lease run out.
            await JobQueue.Fail(source, job with { Attempts = 0 }, "The worker was stopped.", clock.GetUtcNow(), CancellationToken.None);
        }
        finally
        {
            await running.CancelAsync();
            await heart;
        }
    }

    private async Task RunInTenant(Npgsql.NpgsqlDataSource source, JobQueue.Claimed job, CancellationToken ct)
    {
        if (!byKind.TryGetValue(job.Kind, out var registration))
            throw new InvalidOperationException($"Nothing here does jobs of kind '{job.Kind}'.");
        var actor = job.Actor is { } asked ? Actor.Job(job.Tenant, asked) : Actor.System(job.Tenant);
        await using var scope = await scopes.Open(job.Tenant, actor, ct);
        var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
        var progress = new JobProgress((done, total, token) =>
            JobQueue.Heartbeat(source, job, done, total, clock.GetUtcNow() + Lease, token));
        var result = await registration.Run(scope.ServiceProvider, job.Body, progress, ct);
        if (await db.Execute(JobQueue.Finish(job, result, clock.GetUtcNow()), ct) == 0) throw new JobLostException();
        await db.Commit(ct);
    }

    private async Task Beat(Npgsql.NpgsqlDataSource source, JobQueue.Claimed job, CancellationTokenSource running)
    {
        try
        {
            while (!running.IsCancellationRequested)
            {
                await Task.Delay(Lease / 3, clock, running.Token);
                // A cancelled or stolen job must stop working; its transaction would be refused at the end anyway.
                if (!await JobQueue.Heartbeat(source, job, null, null, clock.GetUtcNow() + Lease, running.Token))
                    await running.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
        catch (Npgsql.NpgsqlException failure)
        {
            log.LogWarning(failure, "The lease of job {Job} could not be renewed.", job.Id);
        }
    }
}
