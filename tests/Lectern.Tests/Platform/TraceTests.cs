using System.Collections.Concurrent;
using System.Diagnostics;
using Lectern.Tests.Harness;

namespace Lectern.Tests.Platform;

/// <summary>One number follows a person's click through the edge, the request, the event and the work that came of it.</summary>
public sealed class TraceTests(LecternApp app)
{
    [Fact]
    public async Task A_trace_goes_from_the_edge_by_the_request_and_its_event_to_the_job()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Lectern" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var tenant = await app.NewTenant();
        var person = await tenant.NewPerson();
        var trace = ActivityTraceId.CreateRandom();
        var edge = ActivitySpanId.CreateRandom();

        (await person.Post("/probes", new { name = "traced" }, ("traceparent", $"00-{trace}-{edge}-01"))).Expect(201);

        await TestTenant.Eventually(
            () => Task.FromResult(spans.Any(span => span.TraceId == trace && span.Kind is ActivityKind.Consumer)), "its job has a span");
        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var request = ours.Single(span => span.Kind is ActivityKind.Server);
        Assert.Equal(edge, request.ParentSpanId);
        var job = ours.First(span => span.Kind is ActivityKind.Consumer);
        Assert.Equal(request.SpanId, job.ParentSpanId);
        Assert.Contains("on_probe_happened", (string?)job.GetTagItem("listener"), StringComparison.Ordinal);
        Assert.Equal(tenant.Id.Value, job.GetTagItem("tenant"));
    }
}
