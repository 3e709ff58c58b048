using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>
/// Open gradebooks that are told of each change. Their number rises; meanwhile grades are edited, and every open stream of that course is
/// timed from the moment the edit was to be made until the stream says that there is a new version.
/// </summary>
internal sealed class LiveShape(Report report, Nodes nodes, LoadSchool school) : IAsyncDisposable
{
    private const int EditsPerSecond = 5;
    private readonly CancellationTokenSource end = new();
    private readonly List<Task> streams = [];
    private readonly ConcurrentDictionary<int, ConcurrentBag<long>> seen = new();
    private readonly ConcurrentDictionary<int, int> open = new();
    private int lost;
    private int edits;

    private string Name => $"real-time-{nodes.Name}";

    public async Task Run()
    {
        var kept = 0;
        var (idleServers, idleDatabase) = await Idle();
        report.Add(new Figure($"idle-{nodes.Name}-server-cpu-ms-a-second", idleServers));
        report.Add(new Figure($"idle-{nodes.Name}-database-cpu-ms-a-second", idleDatabase));
        var before = nodes.Memory();
        foreach (var count in new[] { 100, 200, 400, 800, 1_600 }.Select(report.Sized))
        {
            if (!await Open(count)) break;
            var (times, missed, cpu) = await Edit();
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}, {count} streams, {EditsPerSecond} edits/s: seen p50 {times.P50:0.0} p95 {times.P95:0.0} p99 {times.P99:0.0} ms "
                + $"by {times.Count}, not by {missed}, {lost} streams lost; server and database {cpu:0} ms a second"));
            if (times.Count == 0 || times.P95 > 500 || missed * 200 > times.Count || lost > 0) break;
            kept = count;
            if (count == report.Sized(400)) Figures(times);
        }

        report.Add(new Figure($"{Name}-streams-kept", kept));
        report.Add(new Figure($"{Name}-memory-kib-a-stream", Math.Max(0, nodes.Memory() - before) * 1024 / streams.Count));
        if (nodes.Count > 1) return;
        // With nothing but heartbeats, one every fifteen seconds each; less what the program does anyway.
        var (servers, database) = await Idle();
        report.Add(new Figure($"{Name}-server-cpu-ms-a-stream-minute", Math.Max(0, servers - idleServers) * 60 / streams.Count));
        report.Add(new Figure($"{Name}-database-cpu-ms-a-stream-minute", Math.Max(0, database - idleDatabase) * 60 / streams.Count));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(streams);
        end.Dispose();
    }

    private void Figures(Latencies times)
    {
        report.Add(new Figure($"{Name}-seen-p50-ms", times.P50));
        report.Add(new Figure($"{Name}-seen-p95-ms", times.P95, Goal: 1_000));
        report.Add(new Figure($"{Name}-seen-p99-ms", times.P99));
    }

    /// <summary>Processor milliseconds a second while nobody asks for anything.</summary>
    private async Task<(double Servers, double Database)> Idle()
    {
        var before = nodes.Cpu();
        var clock = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(2_000, report.Sized(15_000))));
        var after = nodes.Cpu();
        var seconds = clock.Elapsed.TotalSeconds;
        return ((after.Servers - before.Servers) / seconds, (after.Database - before.Database) / seconds);
    }

    private async Task<bool> Open(int count)
    {
        for (var i = streams.Count; i < count; i++)
        {
            streams.Add(Follow(i));
            // As fast as a building fills, not as fast as a loop runs.
            if (i % 20 == 0) await Task.Delay(20);
        }

        for (var wait = 0; open.Values.Sum() + lost < count && wait < 100; wait++) await Task.Delay(100);
        report.Progress($"{open.Values.Sum()} of {count} streams are open");
        return open.Values.Sum() >= count * 99 / 100;
    }

    private async Task Follow(int i)
    {
        var course = i % school.Watched.Count;
        try
        {
            var (tenant, one) = school.Watched[course];
            using var request = Shapes.To(HttpMethod.Get, tenant, $"/courses/{one.Id}/gradebook/live", one.Instructor);
            using var response = await nodes.Http(i).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            response.EnsureSuccessStatusCode();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(end.Token));
            var first = true;
            while (await reader.ReadLineAsync(end.Token) is { } line)
            {
                if (!line.StartsWith("event: version", StringComparison.Ordinal)) continue;
                if (first) open.AddOrUpdate(course, 1, (_, streams) => streams + 1);
                else seen.GetOrAdd(course, _ => []).Add(Stopwatch.GetTimestamp());
                first = false;
            }

            Interlocked.Increment(ref lost);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!end.IsCancellationRequested) Interlocked.Increment(ref lost);
        }
    }

    /// <summary>Edits one course after another, so that a course's next event is that of its edit.</summary>
    private async Task<(Latencies Seen, int Missed, double CpuMsPerSecond)> Edit()
    {
        var times = new List<double>();
        var missed = 0;
        seen.Clear();
        var before = nodes.Cpu();
        var clock = Stopwatch.StartNew();
        var intended = new List<(int Course, long At)>();
        var changes = new List<Task>();
        for (var i = 0; i < Math.Max(EditsPerSecond, report.Sized(EditsPerSecond * 6)); i++)
        {
            var due = TimeSpan.FromSeconds((double)i / EditsPerSecond) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            intended.Add((edits % school.Watched.Count, Stopwatch.GetTimestamp()));
            changes.Add(Change(edits++));
        }

        await Task.WhenAll(changes);
        await Task.Delay(2_000);
        var after = nodes.Cpu();
        foreach (var (course, at) in intended)
        {
            var arrivals = seen.TryGetValue(course, out var bag) ? bag.ToList() : [];
            times.AddRange(arrivals.Select(arrival => Stopwatch.GetElapsedTime(at, arrival).TotalMilliseconds));
            missed += Math.Max(0, open.GetValueOrDefault(course) - arrivals.Count);
        }

        var cpu = after.Servers + after.Database - before.Servers - before.Database;
        return (new Latencies(times), missed, cpu / clock.Elapsed.TotalSeconds);
    }

    private async Task Change(int edit)
    {
        var (tenant, one) = school.Watched[edit % school.Watched.Count];
        var round = edit / school.Watched.Count;
        var (learner, version) = (one.Learner(round % one.Learners), (round / one.Learners) + 1);
        var path = $"/assignments/{one.Assignment(nodes.Count)}/grades/{learner}";
        using var request = Shapes.To(HttpMethod.Put, tenant, path, one.Instructor);
        request.Content = JsonContent.Create(new { score = edit % 100, version });
        try
        {
            await nodes.Send(edit, request, end.Token);
        }
        catch (HttpRequestException refused)
        {
            // Nobody will see it, which is counted.
            report.Progress(refused.Message);
        }
    }
}
