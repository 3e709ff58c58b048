using System.Globalization;
using System.Net;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>The gradebook over HTTP, read from PostgreSQL every time: one page, one unchanged, a very large one, in the page, and an hour's
/// busiest; and written by several hands.</summary>
internal static class GradebookBench
{
    private static readonly Course Usual = new(1, 500, 20);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var large = new Course(2, report.Sized(10_000), 50);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        foreach (var course in new[] { Usual, large }) await course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        await scratch.Execute("VACUUM ANALYZE");
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        await Page(report, scratch, server, tenant);
        await Large(report, server, tenant, large);
        await PeakHour.Measure(report, scratch, server, tenant, Usual, large);
        await GradebookPage.Measure(report, scratch, server, tenant, large);
        var hands = new ManyHands(report, scratch, server, tenant);
        await hands.TwoWriters(Usual);
        await hands.SeenByOthers(Usual);
        await hands.NewRules(large);
        report.Add(new Figure("server-memory-mib", Processes.Memory(server.Pid), Goal: 350));
    }

    private static async Task Page(Report report, Scratch scratch, ServerProcess server, Tenant tenant)
    {
        var (path, token) = (PathOf(tenant, Usual), Course.Token(tenant.Id, Usual.Instructor));
        var bytes = await server.Http.Get(path, token);
        var file = Path.Combine(scratch.Options.DataFolder, "gradebook.json");
        await File.WriteAllBytesAsync(file, bytes);
        report.Note($"the document of {Usual.Learners} × {Usual.Assignments} has {bytes.Length / 1024} KiB");
        await using var kestrel = await ServerProcess.StartFloor(file);
        var rows = new MatrixFloor(scratch, tenant, Usual);
        foreach (var clients in new[] { 1, 8 })
        {
            var repetitions = report.Sized(2_000);
            var ours = await Latencies.Of(clients, repetitions, _ => server.Http.Get(path, token), warm: 200);
            var database = await Latencies.Of(clients, repetitions, _ => rows.Read(), warm: 200);
            var network = await Latencies.Of(clients, repetitions, _ => kestrel.Http.Get("/", null), warm: 200);
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{clients} client(s): gradebook p50 {ours.P50:0.0} p99 {ours.P99:0.0} ms; rows by Npgsql p50 {database.P50:0.0} ms; "
                + $"same bytes from Kestrel p50 {network.P50:0.0} ms"));
            report.Add(new Figure($"500x20-p95-ms-{clients}-clients", ours.P95, database.P95, Goal: 50));
            report.Add(new Figure($"500x20-p95-ms-{clients}-clients-to-kestrel", ours.P95, network.P95, Goal: 50));
        }

        var etag = await server.Http.EtagOf(path, token);
        var times = report.Sized(2_000);
        var unchanged = await Latencies.Of(1, times, _ => server.Http.Get(path, token, HttpStatusCode.NotModified, etag), warm: 200);
        var floor = await Latencies.Of(1, times, _ => kestrel.Http.Get("/", null, HttpStatusCode.NotModified, "\"1\""), warm: 200);
        report.Add(new Figure("500x20-unchanged-p95-ms", unchanged.P95, floor.P95));
    }

    private static async Task Large(Report report, ServerProcess server, Tenant tenant, Course large)
    {
        var (path, token) = (PathOf(tenant, large), Course.Token(tenant.Id, large.Instructor));
        var first = new List<double>();
        var whole = new List<double>();
        long size = 0;
        for (var i = 0; i < 22; i++)
        {
            var (begun, done, bytes) = await server.Http.Stream(path, token);
            size = bytes;
            // The first two meet a cold server.
            if (i < 2) continue;
            first.Add(begun);
            whole.Add(done);
        }

        report.Note($"the document of {large.Learners} × {large.Assignments} has {size / 1024} KiB");
        report.Add(new Figure("10000x50-whole-p95-ms", new Latencies(whole).P95, Goal: 2_000));
        report.Add(new Figure("10000x50-first-byte-p95-ms", new Latencies(first).P95, Goal: 300));
    }

    internal static string PathOf(Tenant tenant, Course course) => $"/t/{tenant.Slug}/api/v1/courses/{course.Id}/gradebook";
}
