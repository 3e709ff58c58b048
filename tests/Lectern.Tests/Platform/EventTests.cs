using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Events;
using Lectern.Platform.Hosting;
using Lectern.Platform.Jobs;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>What happened is told to every listener: in order, none lost, none twice in effect.</summary>
public sealed class EventTests(LecternApp app)
{
    [Fact]
    public async Task Concurrent_writers_lose_no_event()
    {
        var tenant = await app.NewTenant();
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (number, ct) =>
            await tenant.Do(async services =>
            {
                var db = services.GetRequiredService<TenantDb>();
                await db.Begin(ct);
                db.Raise(new ProbeHappened($"thing-{number % 5}", number, "crowd"));
                // Some commit long after they took their number, so that a reader of numbers alone would pass them over.
                if (number % 7 == 0) await Task.Delay(30, ct);
                return true;
            }));

        await TestTenant.Eventually(async () => await tenant.Count("heard:%:crowd") == 200, "all 200 events were heard");
    }

    [Fact]
    public async Task The_list_of_work_says_who_is_told_and_not_only_that_somebody_is()
    {
        var tenant = await app.NewTenant();
        var admin = await tenant.NewNumber(Role.Administrator);
        (await admin.Post("/probes", new { name = "listed" })).Expect(201);
        await tenant.Enqueue(new ProbeJob("ok", Guid.NewGuid().ToString("N")));
        await TestTenant.Eventually(async () => await tenant.Count("heard:%") == 1, "it was heard");
        var listed = (await admin.Get("/jobs")).Expect(200).At("items").EnumerateArray()
            .ToDictionary(job => job.GetProperty("kind").GetString()!, job => job.GetProperty("listener").GetString());
        Assert.Equal("tests.platform.on_probe_happened", listed["platform.delivery"]);
        Assert.Null(listed["tests.probe_job"]);
    }

    [Fact]
    public async Task Events_of_one_thing_are_heard_in_order()
    {
        var tenant = await app.NewTenant();
        for (var number = 1; number <= 40; number++)
        {
            var next = number;
            await tenant.Do(services =>
            {
                services.GetRequiredService<TenantDb>().Raise(new ProbeHappened("row", next, "ordered"));
                return Task.FromResult(true);
            });
        }

        await TestTenant.Eventually(async () => await tenant.Count("heard:%:ordered") == 40, "all 40 events were heard");
        Assert.Equal(Enumerable.Range(1, 40), OnProbeHappened.Heard[$"{tenant.Id}/row"]);
    }

    [Fact]
    public async Task A_delivery_repeated_has_one_effect()
    {
        var tenant = await app.NewTenant();
        var happened = new ProbeHappened("thing", 1, "twice");
        var listener = tenant.Host.Services.GetRequiredService<Listeners>().Of(WireName.Of(typeof(ProbeHappened))).Single();
        var delivery = new Delivery(
            Guid.CreateVersion7(), listener.Consumer, System.Text.Json.JsonSerializer.SerializeToElement(happened, LecternJson.Options));
        for (var i = 0; i < 2; i++)
        {
            await tenant.Do(async services =>
                await services.GetRequiredService<DeliveryHandler>().Run(delivery, JobProgress.None, default));
        }

        Assert.Equal(1, await tenant.Count("heard:%:twice"));
    }

    [Fact]
    public async Task A_page_that_watches_is_woken()
    {
        var tenant = await app.NewTenant();
        using var watch = tenant.Host.Services.GetRequiredService<LiveSignals>().On(tenant.Id, "probe-topic");
        using var elsewhere = tenant.Host.Services.GetRequiredService<LiveSignals>().On((await app.NewTenant()).Id, "probe-topic");
        await tenant.Do(services =>
        {
            services.GetRequiredService<TenantDb>().Raise(new ProbeSeen());
            return Task.FromResult(true);
        });

        Assert.True(await watch.Next(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.False(await elsewhere.Next(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Old_days_are_dropped_and_coming_ones_made()
    {
        var tenant = await app.NewTenant();
        var worker = tenant.Host.Services.GetRequiredService<ShardSources>().Worker(tenant.DatabaseOf());
        var today = DateOnly.FromDateTime(DateTime.UnixEpoch.AddYears(50));
        await Housekeeping.TendOutbox(worker, today, 7, TestContext.Current.CancellationToken);
        Assert.Equal(4L, await Partitions(tenant, "%x_20200_0_"));

        Assert.Equal(4, await Housekeeping.TendOutbox(worker, today.AddDays(60), 7, TestContext.Current.CancellationToken));
        Assert.Equal(0L, await Partitions(tenant, "%x_20200101"));
    }

    private static Task<long> Partitions(TestTenant tenant, string like) => tenant.Admin<long>(
        $"SELECT count(*) FROM pg_inherits WHERE inhparent = 'platform.outbox'::regclass AND inhrelid::regclass::text LIKE '{like}'");

    private sealed record ProbeSeen : IEvent
    {
        public string Aggregate => "probe:seen";

        public string? LiveTopic => "probe-topic";
    }
}
