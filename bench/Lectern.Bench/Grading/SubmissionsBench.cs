using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>A thousand learners hand in at once, as before a deadline. Each receipt that was given must have its work behind it.</summary>
internal static class SubmissionsBench
{
    private const int Together = 50;

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var course = new Course(1, report.Sized(1_000), 5);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        await scratch.Execute("VACUUM ANALYZE");
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        var receipts = new ConcurrentDictionary<long, string>();
        var path = $"/t/{tenant.Slug}/api/v1/assignments/{course.Assignment(0)}/submissions";
        var watch = Stopwatch.StartNew();
        var times = await Latencies.Of(Together, course.Learners, async i =>
        {
            var body = new { body_text = $"The work of learner {i}. " + new string('x', 2_000) };
            var answer = JsonDocument.Parse(await server.Http.Post(path, Course.Token(tenant.Id, course.Learner(i)), body)).RootElement;
            receipts[answer.GetProperty("submission_id").GetInt64()] = answer.GetProperty("receipt").GetProperty("number").GetString()!;
        });
        watch.Stop();
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{course.Learners} submissions, {Together} at a time: p50 {times.P50:0.0} p95 {times.P95:0.0} p99 {times.P99:0.0} ms, "
            + $"{course.Learners / watch.Elapsed.TotalSeconds:0} a second"));
        report.Add(new Figure("seconds-for-1000", watch.Elapsed.TotalSeconds * 1000 / course.Learners, Goal: 60));
        var kept = await scratch.Value<long>($"""
            SELECT count(*) FROM {tenant.Cell.Schema}.submissions s JOIN unnest(ARRAY[{string.Join(',', receipts.Keys)}]::bigint[],
                ARRAY['{string.Join("','", receipts.Values)}']) r(id, number) ON s.submission_id = r.id AND s.receipt_no = r.number
            WHERE s.tenant_id = {tenant.Id}
            """);
        report.Add(new Figure("lost", course.Learners - kept, Goal: 0));
    }
}
