using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Grading;

/// <summary>
/// Several hands on one gradebook: nothing that two writers were told is lost, each sees the other's grade at once, and new rules reach
/// a large course while it is read.
/// </summary>
internal sealed class ManyHands(Report report, Scratch scratch, ServerProcess server, Tenant tenant)
{
    private const int Edits = 500;
    private const int Glances = 100;

    /// <summary>Two graders change cells at random, each by what it saw last; who is refused looks again.</summary>
    public async Task TwoWriters(Course course)
    {
        var kept = new ConcurrentBag<(long Assignment, long Learner, int Version, decimal Score)>();
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async seed =>
        {
            var random = new Random(seed);
            var seen = new Dictionary<(long, long), int>();
            for (var i = 0; i < report.Sized(Edits); i++)
            {
                // Few enough cells that the two meet often.
                var cell = (course.Assignment(random.Next(5)), course.Learner(random.Next(20)));
                var score = random.Next(1_000) / 10m;
                while (true)
                {
                    var version = seen.GetValueOrDefault(cell, 1);
                    var (status, now) = await Write(course, cell, score, version);
                    seen[cell] = now;
                    if (status == HttpStatusCode.OK)
                    {
                        kept.Add((cell.Item1, cell.Item2, now, score));
                        break;
                    }

                    Interlocked.Increment(ref refused);
                }
            }
        }));
        var told = string.Join(',', kept.Select(one => string.Create(
            CultureInfo.InvariantCulture, $"({one.Assignment}, {one.Learner}, {one.Version}, {one.Score})")));
        var found = await scratch.Value<long>($"""
            SELECT count(*) FROM (VALUES {told}) t (assignment_id, user_id, version, score)
            JOIN {tenant.Cell.Schema}.grade_entries e ON e.tenant_id = {tenant.Id} AND e.assignment_id = t.assignment_id
                AND e.user_id = t.user_id AND e.version = t.version AND e.entered_score = t.score
            """);
        report.Note($"two writers: {kept.Count} edits kept, {refused} refused because the other had been faster");
        report.Add(new Figure("two-writers-lost", kept.Count - found, Goal: 0));
    }

    /// <summary>From the moment a grade is sent until another open page has read it.</summary>
    public async Task SeenByOthers(Course course)
    {
        var times = new List<double>();
        using var watching = Request(HttpMethod.Get, course, $"{PathOf(course)}/gradebook/live");
        using var stream = await server.Http.SendAsync(watching, HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await NextVersion(events);
        var cell = (course.Assignment(6), course.Learner(30));
        var version = 1;
        for (var i = 0; i < report.Sized(Glances); i++)
        {
            var (at, began) = (await Version(course), Stopwatch.GetTimestamp());
            var writing = Write(course, cell, i, version);
            await NextVersion(events);
            await server.Http.Get($"{PathOf(course)}/gradebook/changes?since={at}", Token(course));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            (_, version) = await writing;
        }

        report.Add(new Figure("edit-seen-by-another-p95-ms", new Latencies(times).P95, Goal: 1_000));
    }

    /// <summary>From the moment new rules are saved until every row follows them, read without a pause meanwhile.</summary>
    public async Task NewRules(Course course)
    {
        var clock = Stopwatch.StartNew();
        var late = new { deduct_percent = 10, interval_seconds = 86_400 };
        await server.Http.Put($"{PathOf(course)}/grading-policy", Token(course), new
        {
            version = 1, policy = new { weighting = "percent", late_policy = late },
        });
        var (reads, said) = (0, 0);
        while (true)
        {
            var head = Encoding.UTF8.GetString(await server.Http.Get($"{PathOf(course)}/gradebook", Token(course)), 0, 300);
            reads++;
            if (!head.Contains("\"refolding\":true", StringComparison.Ordinal)) break;
            said++;
        }

        report.Note($"{course.Learners} × {course.Assignments} follow new rules; read {reads} times meanwhile, {said} said so");
        report.Add(new Figure("new-rules-seconds", clock.Elapsed.TotalSeconds, Goal: 30));
    }

    private static async Task NextVersion(StreamReader events)
    {
        while (await events.ReadLineAsync() is { } line && !line.StartsWith("event: version", StringComparison.Ordinal)) continue;
    }

    private async Task<long> Version(Course course)
    {
        var head = await server.Http.Get($"{PathOf(course)}/gradebook/changes?since={long.MaxValue}", Token(course));
        return JsonDocument.Parse(head).RootElement.GetProperty("version").GetInt64();
    }

    /// <summary>The version the grade has now, whether this change was taken or not.</summary>
    private async Task<(HttpStatusCode Status, int Version)> Write(
        Course course, (long Assignment, long Learner) cell, decimal score, int version)
    {
        using var request = Request(
            HttpMethod.Put, course, $"/t/{tenant.Slug}/api/v1/assignments/{cell.Assignment}/grades/{cell.Learner}");
        request.Content = JsonContent.Create(new { score, version });
        using var response = await server.Http.SendAsync(request);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStreamAsync()).RootElement;
        return response.StatusCode switch
        {
            HttpStatusCode.OK => (response.StatusCode, answer.GetProperty("version").GetInt32()),
            HttpStatusCode.Conflict => (response.StatusCode, answer.GetProperty("current").GetProperty("version").GetInt32()),
            _ => throw new InvalidOperationException($"A grade was answered {(int)response.StatusCode}: {answer}"),
        };
    }

    private HttpRequestMessage Request(HttpMethod method, Course course, string path) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Token(course)) } };

    private string Token(Course course) => Course.Token(tenant.Id, course.Instructor);

    private string PathOf(Course course) => $"/t/{tenant.Slug}/api/v1/courses/{course.Id}";
}
