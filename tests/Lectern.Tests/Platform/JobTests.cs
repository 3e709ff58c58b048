using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lectern.Tests.Platform;

/// <summary>Work asked for is done: once in effect, again when it failed, given up on visibly, and fairly among institutions.</summary>
public sealed class JobTests(LecternApp app)
{
    private static string Mark() => Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_job_asked_for_in_a_unit_of_work_that_fails_is_never_done()
    {
        var tenant = await app.NewTenant();
        await Assert.ThrowsAsync<InvalidOperationException>(() => tenant.Do<bool>(services =>
        {
            services.GetRequiredService<TenantDb>().Enqueue(new ProbeJob("ok", Mark()));
            throw new InvalidOperationException();
        }));
        Assert.Empty(await tenant.Rows<string>(db => $"SELECT kind FROM platform.jobs WHERE tenant_id = {db.Tenant}"));
    }

    [Fact]
    public async Task A_job_that_failed_is_tried_again_and_only_the_success_stands()
    {
        var tenant = await app.NewTenant();
        var mark = Mark();
        var job = await tenant.Enqueue(new ProbeJob("fail-once", mark));
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "done", "the second try succeeded");
        Assert.Equal(0, await tenant.Count($"job:{mark}:1"));
        Assert.Equal(1, await tenant.Count($"job:{mark}:2"));
    }

    [Fact]
    public async Task A_job_that_keeps_failing_is_set_aside_and_can_be_replayed()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewNumber(Role.Administrator);
        var mark = Mark();
        var job = await tenant.Enqueue(new ProbeJob("fail-once", mark), new JobOptions { MaxAttempts = 1 });
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "dead", "the job was given up on");
        var shown = (await admin.Get($"/jobs/{job}")).Expect(200);
        Assert.Equal("dead", shown.At("state").GetString());
        Assert.Contains("As asked", shown.At("error").GetString(), StringComparison.Ordinal);

        (await admin.Post($"/jobs/{job}/replay")).Expect(204);
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "done", "the replay succeeded");
        (await admin.Post($"/jobs/{job}/replay")).Refused(422, "job_state");
    }

    [Fact]
    public async Task A_running_job_that_is_cancelled_stops_and_leaves_nothing()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewNumber(Role.Administrator);
        var mark = Mark();
        var job = await tenant.Enqueue(new ProbeJob("long", mark));
        await TestTenant.Eventually(async () =>
            (await admin.Get($"/jobs/{job}")).At("progress").GetInt64() > 2, "the job shows how far it is");

        (await admin.Delete($"/jobs/{job}")).Expect(204);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", await tenant.JobState(job));
        Assert.Equal(0, await tenant.Count($"job:{mark}:%"));
    }

    [Fact]
    public async Task Work_of_a_worker_that_died_is_done_by_another()
    {
        var tenant = await app.NewTenant();
        var job = await tenant.Enqueue(new ProbeJob("ok", Mark()), new JobOptions { RunAt = DateTimeOffset.MaxValue.AddYears(-1) });
        await tenant.AdminRun($"""
            UPDATE platform.jobs SET state = 'running', attempts = 1, lease = gen_random_uuid(), lease_until = now() - interval '1 second',
                leased_by = 'dead', run_at = now() WHERE job_id = '{job}'
            """);
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "done", "the job was taken over");
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_cannot_finish()
    {
        var tenant = await app.NewTenant();
        var mark = Mark();
        var job = await tenant.Enqueue(new ProbeJob("long", mark), new JobOptions { MaxAttempts = 1 });
        await TestTenant.Eventually(async () => await tenant.JobState(job) == "running", "the job runs");
        await tenant.AdminRun($"UPDATE platform.jobs SET lease = gen_random_uuid() WHERE job_id = '{job}'");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal("running", await tenant.JobState(job));
        Assert.Equal(0, await tenant.Count($"job:{mark}:%"));
    }

    [Fact]
    public async Task A_thousand_jobs_of_one_do_not_hold_up_one_of_another()
    {
        var (many, one) = (await app.NewTenant(CellKind.Pooled), await app.NewTenant(CellKind.Pooled));
        await many.Do(services =>
        {
            for (var i = 0; i < 400; i++) services.GetRequiredService<TenantDb>().Enqueue(new ProbeJob("nap", Mark()));
            return Task.FromResult(true);
        });
        var single = await one.Enqueue(new ProbeJob("ok", Mark()));
        await TestTenant.Eventually(async () => await one.JobState(single) == "done", "the single job was done");
        var waiting = await many.Rows<long>(db => $"SELECT count(*) FROM platform.jobs WHERE tenant_id = {db.Tenant} AND state = 'ready'");
        Assert.True(waiting[0] > 0, "The many were all done first.");
        await many.AdminRun($"DELETE FROM platform.jobs WHERE tenant_id = {many.Id} AND state = 'ready'");
    }

    [Fact]
    public async Task A_long_job_does_not_keep_others_waiting()
    {
        var tenant = await app.NewTenant();
        var slow = await tenant.Enqueue(new ProbeJob("long", Mark()));
        await TestTenant.Eventually(async () => await tenant.JobState(slow) == "running", "the long job runs");
        var quick = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tenant.Enqueue(new ProbeJob("ok", Mark()))));
        await TestTenant.Eventually(async () =>
            (await Task.WhenAll(quick.Select(tenant.JobState))).All(state => state == "done"), "the quick ones are done");
        Assert.Equal("running", await tenant.JobState(slow));
        await tenant.AdminRun($"DELETE FROM platform.jobs WHERE job_id = '{slow}'");
    }

    [Fact]
    public async Task A_scheduled_task_runs_on_one_node_at_a_time()
    {
        var tenant = await app.NewTenant();
        var shards = tenant.Host.Services.GetRequiredService<ShardSources>();
        var task = new CountingTask($"count-{Mark()}");
        var schedulers = Enumerable.Range(0, 6).Select(_ =>
            new Scheduler(shards, [task], TimeProvider.System, NullLogger<Scheduler>.Instance)).ToList();
        for (var round = 0; round < 2; round++) await Task.WhenAll(
            schedulers.Select(scheduler => scheduler.RunDue(tenant.DatabaseOf(), default)));
        Assert.Equal(1, task.Runs);
    }

    private sealed class CountingTask(string name) : IScheduledTask
    {
        private int runs;

        public int Runs => runs;

        public string Name => name;

        public TimeSpan Every => TimeSpan.FromHours(1);

        public async Task Run(ShardDatabase database, CancellationToken ct)
        {
            Interlocked.Increment(ref runs);
            await Task.Delay(100, ct);
        }
    }
}
