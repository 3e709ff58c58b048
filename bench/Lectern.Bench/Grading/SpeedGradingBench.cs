using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>
/// A queue of 3,000 pieces of work, graded one by one: first by the calls the page makes, then in the page itself by keys. Opening the
/// queue and going on must not depend on how much waits, nor the page's memory on how much was graded.
/// </summary>
internal static class SpeedGradingBench
{
    private const int HandingIn = 8;
    private const int Ahead = 4;
    private const int Opened = 100;

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var course = new Course(1, report.Sized(3_000), 5);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        await scratch.Execute("VACUUM ANALYZE");
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        var essay = await HandIn(report, server, tenant, course);
        await scratch.Settle();
        await scratch.Execute("VACUUM ANALYZE");
        var graded = report.Sized(500);
        var queue = new Queue(server, Course.Token(tenant.Id, course.Instructor), $"/t/{tenant.Slug}/api/v1/assignments/{essay}");
        var floor = new QueueFloor(scratch, tenant, course, essay);
        await ByCalls(report, queue, floor, graded);
        await SpeedPage.Measure(report, scratch, server, tenant, course, essay, graded);
        var kept = await scratch.Value<long>($"""
            SELECT count(*) FROM {tenant.Cell.Schema}.grades
            WHERE tenant_id = {tenant.Id} AND assignment_id = {essay} AND entered_score IS NOT NULL
            """);
        report.Note($"{kept} grades were recorded of the {2 * graded} that were given, half of them in the page where there is a Chromium");
        report.Add(new Figure("server-memory-mib", Processes.Memory(server.Pid), Goal: 350));
    }

    /// <summary>An essay of some 3 KiB by every learner, through the API, so that the queue is what the product made of it.</summary>
    private static async Task<long> HandIn(Report report, ServerProcess server, Tenant tenant, Course course)
    {
        var api = $"/t/{tenant.Slug}/api/v1";
        var made = await server.Http.Post(
            $"{api}/courses/{course.Id}/assignments", Course.Token(tenant.Id, course.Instructor),
            new { title = "Essay", points_possible = 10, submission_types = new[] { "text" }, status = "published" });
        var essay = JsonDocument.Parse(made).RootElement.GetProperty("assignment_id").GetInt64();
        report.Progress($"{course.Learners} learners hand in");
        await Latencies.Of(HandingIn, course.Learners, i => server.Http.Post(
            $"{api}/assignments/{essay}/submissions", Course.Token(tenant.Id, course.Learner(i)),
            new { body_text = $"The essay of learner {i}.\n" + string.Join('\n', Enumerable.Repeat(new string('x', 80), 40)) }));
        return essay;
    }

    private static async Task ByCalls(Report report, Queue queue, QueueFloor floor, int graded)
    {
        var opens = new List<double>();
        for (var i = 0; i < report.Sized(Opened) + 5; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var taken = await queue.Claim([]);
            // The first ones meet a cold server.
            if (i >= 5) opens.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            foreach (var learner in taken) await queue.Release(learner);
        }

        var rows = await Latencies.Of(1, report.Sized(Opened), _ => floor.Next(Ahead), warm: 20);
        report.Add(new Figure("api-open-p95-ms", new Latencies(opens).P95, rows.P95, Goal: 1_000));

        var held = new Queue<long>(await queue.Claim([]));
        var nexts = new List<double>();
        for (var i = 0; i < graded; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await queue.Grade(held.Dequeue(), i % 11);
            held = new Queue<long>(await queue.Claim([.. held]));
            nexts.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        var row = await Latencies.Of(1, graded, _ => floor.Next(1), warm: 20);
        report.Add(new Figure("api-next-p95-ms", new Latencies(nexts).P95, row.P95, Goal: 100));
        foreach (var learner in held) await queue.Release(learner);
    }

    /// <summary>What the page asks the product for.</summary>
    private sealed class Queue(ServerProcess server, string token, string assignment)
    {
        public async Task<long[]> Claim(long[] known)
        {
            var answer = await server.Http.Post(
                $"{assignment}/grading-claims", token, new { count = Ahead, order = "oldest", known }, HttpStatusCode.OK);
            var claims = JsonDocument.Parse(answer).RootElement.GetProperty("claims");
            return [.. claims.EnumerateArray().Select(claim => claim.GetProperty("user_id").GetInt64())];
        }

        public Task Grade(long learner, decimal score) =>
            server.Http.Put($"{assignment}/grades/{learner}", token, new { score, version = 0 });

        public Task Release(long learner) => server.Http.Delete($"{assignment}/grading-claims/{learner}", token);
    }
}
