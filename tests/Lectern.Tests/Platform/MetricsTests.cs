using System.Globalization;
using Lectern.Platform.Events;
using Lectern.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Platform;

/// <summary>What a monitor is told: requests by plan, what is promised, what waits, what is held open.</summary>
public sealed class MetricsTests(LecternApp app)
{
    [Fact]
    public async Task Requests_are_measured_by_route_and_plan_and_by_institution_only_where_asked()
    {
        var quiet = await app.NewTenant();
        var listed = await app.NewTenant();
        await using var node = await app.Node(options => options.MeasuredTenants.Add(listed.Slug));
        foreach (var tenant in new[] { quiet, listed }) (await (await tenant.On(node).NewPerson()).Get("/sessions/current")).Expect(200);

        var lines = await Lines(node, "http_server_request_duration_seconds_count");
        Assert.Contains(lines, line => line.Contains("http_route=\"/api/v1/sessions/current\"", StringComparison.Ordinal)
            && line.Contains($"plan=\"{quiet.Tenant.Plan}\"", StringComparison.Ordinal)
            && !line.Contains("tenant=", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains($"tenant=\"{listed.Slug}\"", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(quiet.Slug, StringComparison.Ordinal));
    }

    // Hosts of one process share its meters, so that other tests may add to a count but never take from it.
    [Theory]
    [InlineData(null, 201, "good")]
    [InlineData("refuse", 422, "good")]
    [InlineData("throw", 500, "failed")]
    public async Task What_is_promised_is_counted_as_kept_or_not(string? then, int status, string outcome)
    {
        await using var node = await app.Node(_ => { });
        var person = await (await app.NewTenant()).On(node).NewPerson();
        // The first request of a node compiles what it needs and may well be slow.
        for (var i = 0; i < (outcome is "good" ? 20 : 1); i++) (await person.Post("/probes", new { name = $"p{i}", then })).Expect(status);
        var series = $"lectern_slo_requests_total{{outcome=\"{outcome}\"}}";
        Assert.True(await Sum(node, series) >= 1);
    }

    [Fact]
    public async Task Open_streams_are_counted_even_when_there_are_none()
    {
        var tenant = await app.NewTenant();
        await using var node = await app.Node(_ => { });
        Assert.Single(await Lines(node, "lectern_live_streams"));
        var signals = node.Services.GetRequiredService<LiveSignals>();
        var watches = Enumerable.Range(0, 500).Select(number => signals.On(tenant.Id, $"thing:{number}")).ToList();
        Assert.True(await Sum(node, "lectern_live_streams") >= 400);
        foreach (var watch in watches) watch.Dispose();
        foreach (var watch in watches) watch.Dispose();
        Assert.True(await Sum(node, "lectern_live_streams") < 400);
    }

    [Fact]
    public async Task A_worker_tells_what_waits_and_what_has_not_run()
    {
        await TestTenant.Eventually(async () =>
        {
            var text = await Text(app.Host);
            return new[]
            {
                "lectern_queued_jobs{database=\"1\",state=\"waiting\"}", "lectern_queued_jobs{database=\"1\",state=\"dead\"}",
                "lectern_queue_age_seconds{database=\"1\"}", "lectern_schedule_age_seconds{database=\"1\",task=\"audit-seal\"}",
                "lectern_schedule_failed{database=\"1\",task=\"audit-seal\"} 0",
                "lectern_outbox_age_seconds{database=\"1\",reader=\"relay\"}",
            }.All(series => text.Contains(series, StringComparison.Ordinal));
        }, "the worker's measures are there", 60);
    }

    [Fact]
    public async Task What_rules_ask_of_the_framework_is_there()
    {
        await using var node = await app.Node(_ => { });
        (await (await (await app.NewTenant()).On(node).NewPerson()).Get("/sessions/current")).Expect(200);
        var text = await Text(node);
        foreach (var name in new[]
        {
            "db_client_connection_count gauge", "db_client_connection_max gauge", "db_client_operation_duration_seconds histogram",
            "dotnet_gc_pause_time_seconds_total counter", "dotnet_process_cpu_time_seconds_total counter",
            "dotnet_process_memory_working_set gauge", "http_server_active_requests gauge",
            "http_server_request_duration_seconds histogram",
        }) Assert.Contains($"# TYPE {name}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static Task<string> Text(RunningHost host) => host.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    private static async Task<List<string>> Lines(RunningHost host, string name) =>
        [.. (await Text(host)).Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];

    private static async Task<double> Sum(RunningHost host, string name) => (await Lines(host, name))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
