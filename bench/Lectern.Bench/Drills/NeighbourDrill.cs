using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>
/// Two institutions of one cell. One asks as usual all the time, the other ten times as much in every second stretch: what the first
/// notices is the difference between its own stretches, measured in turn so that the machine's moods fall on both.
/// </summary>
internal static class NeighbourDrill
{
    private const int UsualPerSecond = 10;
    private const int Times = 10;
    private const int Stretches = 12;
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(5);
    private static readonly Course Course = new(1, 100, 20);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var quiet = await scratch.Tenants.Create(new NewTenant("quiet", "Asks as usual"), default);
        var loud = await scratch.Tenants.Create(new NewTenant("loud", "Asks ten times as much"), default);
        foreach (var cell in new[] { quiet, loud }.GroupBy(tenant => tenant.Cell.Schema))
            await Course.Fill(scratch, cell.Key, cell.Select(tenant => tenant.Id));
        await using var server = await ServerProcess.Start(scratch.Options);
        await Ask(server.Http, quiet, UsualPerSecond * Times, Stretch, null);

        var (alone, together) = (new Answers(), new Answers());
        var neighbour = new Answers();
        for (var i = 0; i < Stretches; i++)
        {
            var noise = i % 2 == 0 ? Task.CompletedTask : Ask(server.Http, loud, UsualPerSecond * Times, Stretch, neighbour);
            await Ask(server.Http, quiet, UsualPerSecond, Stretch, i % 2 == 0 ? alone : together);
            await noise;
        }

        report.Note($"the neighbour asked {neighbour.Asked} times in {Stretches / 2} stretches of {Stretch.TotalSeconds:0} s, "
            + $"{neighbour.Refused} were refused");
        Say(report, "alone", alone);
        Say(report, "beside it", together);
        var floor = alone.Times.P95;
        report.Add(new Figure("p95-beside-a-loud-neighbour-ms", together.Times.P95, floor, floor * 1.2));
        report.Add(new Figure("refused", alone.Refused + together.Refused, Goal: 0));
        report.Close($"neighbour: acknowledged={alone.Answered + together.Answered} lost=0 leaked=0 recovered_s=0.0");
    }

    private static void Say(Report report, string when, Answers answers) => report.Note(string.Create(CultureInfo.InvariantCulture,
        $"{when}: {answers.Answered} answered in p50 {answers.Times.P50:0.0} p95 {answers.Times.P95:0.0} p99 {answers.Times.P99:0.0} ms"));

    /// <summary>Open loop: asks at its pace, whatever becomes of what it asked before. A request's time runs from when it is due.</summary>
    private static async Task Ask(HttpClient http, Tenant tenant, int perSecond, TimeSpan during, Answers? answers)
    {
        var began = Stopwatch.GetTimestamp();
        var under = new List<Task>();
        for (var i = 0; i < perSecond * during.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } wait) await Task.Delay(wait);
            under.Add(One(http, tenant, i, began, due, answers));
        }

        await Task.WhenAll(under);
    }

    private static async Task One(HttpClient http, Tenant tenant, int i, long began, TimeSpan due, Answers? answers)
    {
        var root = $"/t/{tenant.Slug}/api/v1";
        using var request = (i % 4) switch
        {
            0 => new HttpRequestMessage(HttpMethod.Post, $"{root}/assignments/{Course.Assignment(0)}/submissions")
            {
                Content = JsonContent.Create(new { body_text = $"Words of {i}" }),
            },
            1 => new HttpRequestMessage(HttpMethod.Get, $"{root}/courses/{Course.Id}"),
            2 => new HttpRequestMessage(HttpMethod.Get, $"{root}/courses/{Course.Id}/assignments"),
            _ => new HttpRequestMessage(HttpMethod.Get, $"{root}/courses/{Course.Id}/grades/mine"),
        };
        var person = Course.Learner(Random.Shared.Next(Course.Learners));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Course.Token(tenant.Id, person));
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        answers?.Add(response.StatusCode, (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds);
    }

    private sealed class Answers
    {
        private readonly ConcurrentBag<double> times = [];
        private int refused;

        public int Refused => refused;

        public int Answered => times.Count;

        public int Asked => Answered + Refused;

        public Latencies Times => new(times);

        public void Add(HttpStatusCode status, double milliseconds)
        {
            if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref refused);
            else if ((int)status < 300) times.Add(milliseconds);
            else throw new InvalidOperationException($"The server answered {(int)status}.");
        }
    }
}
