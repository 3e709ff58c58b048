using System.Collections.Concurrent;
using System.Diagnostics;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Features;
using Lectern.Platform.Hosting;
using Lectern.Platform.Observability;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Jobs;

/// <summary>Takes jobs by lease and does them, a few at a time. The work and the mark that it is done commit together.</summary>
internal sealed class JobWorker(
    ShardSources shards, TenantScopes scopes, IEnumerable<JobRegistration> registrations, FeatureSwitches switches, NodeIdentity node,
    TenantDirectory directory, PlatformOptions options, TimeProvider clock, ILogger<JobWorker> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private const int WalksAtMost = 4;
    private readonly Dictionary<string, JobRegistration> byKind = registrations.ToDictionary(registration => registration.Kind);

    private readonly ConcurrentDictionary<(ShardDatabase, JobLane), List<Task>> running = new();
    private readonly ConcurrentDictionary<(ShardDatabase, JobLane?), int> turns = new();
    private readonly ConcurrentDictionary<string, bool> unknown = new();

    /// <summary>Does up to <paramref name="count"/> waiting jobs of a database, waits for them, and answers how many it took.</summary>
    public async Task<int> WorkOnce(ShardDatabase database, int count, CancellationToken ct)
    {
        var jobs = await Claim(database, null, count, ct);
        await Task.WhenAll(jobs.Select(job => Do(shards.Worker(database), job, ct)));
        return jobs.Count;
    }

    /// <summary>
    /// Keeps as many jobs of a lane running as it has slots and returns at once: a slot is filled again whenever its job ends, so a long
    /// job holds up nobody else's. True when it took something and there may be more.
    /// </summary>
    public async Task<bool> Fill(ShardDatabase database, JobLane lane, WorkSignal signal, CancellationToken ct)
    {
        var mine = running.GetOrAdd((database, lane), _ => []);
        mine.RemoveAll(task => task.IsCompleted);
        var free = SlotsOf(lane) - mine.Count;
        if (free <= 0) return false;
        var jobs = await Claim(database, lane, free, ct);
        mine.AddRange(jobs.Select(job => Task.Run(() => Do(shards.Worker(database), job, ct), CancellationToken.None).ContinueWith(
            _ => signal.Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        return jobs.Count > 0;
    }

    /// <summary>Waits for what is running, after the loops that fill have ended.</summary>
    public Task Drain() => Task.WhenAll(running.Values.SelectMany(tasks => tasks));

    private static int SlotsOf(JobLane lane) => lane is JobLane.Work ? 4 : 2;

    private async Task<List<JobQueue.Claimed>> Claim(ShardDatabase database, JobLane? lane, int count, CancellationToken ct)
    {
        var from = turns.GetValueOrDefault((database, lane));
        var kinds = lane is null ? null
            : registrations.Where(registration => registration.Lane == lane).Select(registration => registration.Kind).ToArray();
        var wanted = new JobQueue.ClaimOf(node.Name, count, clock.GetUtcNow(), Lease, from, kinds);
        if (options.WorksFor.Count > 0) return await ClaimOwn(database, wanted, ct);
        var wholeRound = from == 0;
        for (var walk = 0; walk < WalksAtMost; walk++)
        {
            var (jobs, reached) = await JobQueue.Claim(shards.Worker(database), wanted with { FromTenant = from }, ct);
            // Hundreds may have nothing but another lane's work: the walk goes on after them, here or when it is taken up again.
            turns[(database, lane)] = from = jobs.Count > 0 ? jobs.Max(job => job.Tenant.Value) + 1 : reached + 1 ?? 0;
            if (jobs.Count > 0 || (reached is null && wholeRound)) return jobs;
            // Nobody after the last one served has work: the round begins again, once.
            wholeRound |= reached is null;
        }

        return [];
    }

    /// <summary>Only of the institutions this process works for; it does not even look at others.</summary>
    private async Task<List<JobQueue.Claimed>> ClaimOwn(ShardDatabase database, JobQueue.ClaimOf wanted, CancellationToken ct)
    {
        var jobs = new List<JobQueue.Claimed>();
        foreach (var slug in options.WorksFor)
        {
            var tenant = await directory.Find(slug, ct);
            if (tenant is null && unknown.TryAdd(slug, true))
                log.LogWarning("Lectern:WorksFor names {Slug}, which no institution is called; its work waits.", slug);
            if (tenant is null || tenant.Cell.DatabaseId != database.Id) continue;
            var own = wanted with { FromTenant = tenant.Id.Value, ToTenant = tenant.Id.Value, Count = wanted.Count - jobs.Count };
            if (own.Count > 0) jobs.AddRange((await JobQueue.Claim(shards.Worker(database), own, ct)).Jobs);
        }

        return jobs;
    }

    public Task ReturnExpired(ShardDatabase database, CancellationToken ct) =>
        JobQueue.ReturnExpired(shards.Worker(database), clock.GetUtcNow(), ct);

    private async Task Do(Npgsql.NpgsqlDataSource source, JobQueue.Claimed job, CancellationToken stopping)
    {
        using var activity = Tracing.Source.StartActivity(job.Kind, ActivityKind.Consumer, job.Trace);
        activity?.SetTag("tenant", job.Tenant.Value).SetTag("attempt", job.Attempts);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var heart = Beat(source, job, running);
        var began = clock.GetTimestamp();
        try
        {
            await RunInTenant(source, job, running.Token);
            Meters.JobDone(job.Kind, "done", clock.GetElapsedTime(began));
        }
        catch (TenantWaitsException waits)
        {
            await JobQueue.PutBack(source, job, clock.GetUtcNow() + waits.For, CancellationToken.None);
        }
        catch (FeatureOffException)
        {
            await JobQueue.PutBack(source, job, clock.GetUtcNow() + TimeSpan.FromSeconds(30), CancellationToken.None);
        }
        catch (DependencyAwayException away)
        {
            // It was not tried, so it does not count as a try: a letter outlives its relay's weekend.
            await JobQueue.PutBack(
                source, job, clock.GetUtcNow() + (away.RetryAfter * (1 + Random.Shared.NextDouble())), CancellationToken.None);
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
            await JobQueue.PutBack(source, job, clock.GetUtcNow(), CancellationToken.None);
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
        if (registration.Feature is { } feature && switches.Find(feature, job.Tenant) is not null) throw new FeatureOffException();
        var actor = job.Actor is { } asked ? Actor.Job(job.Tenant, asked) : Actor.System(job.Tenant);
        await using var scope = await scopes.Open(job.Tenant, actor, ct);
        // A job can wait for its turn at the database; the people who wait for an answer go first.
        scope.ServiceProvider.GetRequiredService<TenantContext>().Wants(
            registration.Lane is JobLane.Work ? Criticality.High : Criticality.Medium, TimeSpan.FromMinutes(10));
        // What it would write while its institution is carried elsewhere would stay behind; while it is suspended nothing happens in it.
        if (scope.ServiceProvider.GetRequiredService<TenantContext>().Tenant is { Serves: false } still)
            throw new TenantWaitsException(TimeSpan.FromSeconds(still.State is TenantState.Suspended ? 60 : 5));
        var db = scope.ServiceProvider.GetRequiredService<TenantDb>();
        var progress = new JobProgress((done, total, token) =>
            JobQueue.Heartbeat(source, job, done, total, clock.GetUtcNow() + Lease, token));
        var result = await registration.Run(scope.ServiceProvider, job.Body, progress, ct);
        if (await db.Execute(JobQueue.Finish(job, result, clock.GetUtcNow()), ct) == 0) throw new JobLostException();
        await db.Commit(ct);
    }

    private async Task Beat(Npgsql.NpgsqlDataSource source, JobQueue.Claimed job, CancellationTokenSource running)
    {
        while (!running.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Lease / 3, clock, running.Token);
                // A cancelled or stolen job must stop working; its transaction would be refused at the end anyway.
                if (!await JobQueue.Heartbeat(source, job, null, null, clock.GetUtcNow() + Lease, running.Token))
                    await running.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                // The job has ended.
            }
            catch (Npgsql.NpgsqlException failure)
            {
                // Tried again at the next beat: two may be missed before the lease runs out.
                log.LogWarning(failure, "The lease of job {Job} could not be renewed.", job.Id);
            }
        }
    }

    private sealed class TenantWaitsException(TimeSpan wait) : Exception
    {
        public TimeSpan For => wait;
    }

    private sealed class FeatureOffException : Exception;
}
