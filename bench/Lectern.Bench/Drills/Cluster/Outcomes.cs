using System.Collections.Concurrent;
using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>What one request came to. Status 0: no answer. Times are seconds since the load began.</summary>
internal sealed record Outcome(string School, string Kind, bool Writes, double Began, double Ended, int Status, string? Says)
{
    public bool Failed => Status is < 200 or >= 400;

    /// <summary>Refused because this machine had more to do than it could, as browsing is first: no doing of the fault's.</summary>
    public bool Shed => Says?.Contains("problems/overloaded", StringComparison.Ordinal) is true;
}

/// <summary>What the users of a drill saw.</summary>
internal sealed class Outcomes
{
    private readonly ConcurrentBag<Outcome> all = [];

    public void Add(Outcome outcome) => all.Add(outcome);

    public IReadOnlyList<Outcome> Between(double from, double to) => [.. all.Where(o => o.Began >= from && o.Began < to)];

    /// <summary>What failed in this time, but for what was shed.</summary>
    public IReadOnlyList<Outcome> Failures(double from = 0, double to = double.MaxValue) =>
        [.. all.Where(o => o is { Failed: true, Shed: false } && o.Ended >= from && o.Began < to).OrderBy(o => o.Began)];

    /// <summary>Seconds after the fault until the last request that failed had ended; 0 when none did.</summary>
    public double Recovered(double fault) => Failures(fault).Select(o => o.Ended - fault).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The longest time in which one institution's reads, or its writes, all failed: from the first that failed to the next that did not.
    /// </summary>
    public double LongestSpan()
    {
        var longest = 0.0;
        foreach (var together in all.GroupBy(o => (o.School, o.Writes)))
        {
            double? since = null;
            foreach (var outcome in together.OrderBy(o => o.Began))
            {
                if (outcome is { Failed: true, Shed: false }) since ??= outcome.Began;
                else if (since is { } began) (longest, since) = (Math.Max(longest, outcome.Began - began), null);
                if (since is { } open) longest = Math.Max(longest, outcome.Ended - open);
            }
        }

        return longest;
    }

    /// <summary>One line: how many, how many failed and how, how long, how slow.</summary>
    public string Seen(double from, double to = double.MaxValue)
    {
        var these = Between(from, to);
        var failed = these.Where(o => o is { Failed: true, Shed: false }).ToList();
        var how = string.Join(", ", failed.GroupBy(o => (o.Status, o.Writes)).OrderBy(g => g.Key).Select(g => string.Create(
            CultureInfo.InvariantCulture,
            $"{(g.Key.Status == 0 ? "no answer" : $"{g.Key.Status}")} {(g.Key.Writes ? "write" : "read")} × {g.Count()}")));
        var times = new Latencies(these.Where(o => !o.Failed).Select(o => (o.Ended - o.Began) * 1000));
        var shed = these.Count(o => o.Shed);
        return string.Create(CultureInfo.InvariantCulture,
            $"{these.Count} requests, {shed} shed, {failed.Count} failed{(how.Length > 0 ? $" ({how})" : "")}, "
            + $"answered in p50 {times.P50:0} ms, p95 {times.P95:0} ms, p99 {times.P99:0} ms");
    }

    /// <summary>One of each kind of failure, in its own words.</summary>
    public IEnumerable<string> Examples() => Failures()
        .GroupBy(o => (o.Kind, o.Status))
        .Select(g => string.Create(
            CultureInfo.InvariantCulture, $"{g.Key.Kind} {g.Key.Status} × {g.Count()}, at {g.First().Began:0.0} s: {g.First().Says}"));
}
