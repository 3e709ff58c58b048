using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Load;

/// <summary>What one shape cost at normal load, which is half of the highest rate it was kept at.</summary>
internal sealed record Cost(double PerSecond, double ServerMs, double DatabaseMs, double BytesEach)
{
    /// <summary>Requests a core answers in a second when it does nothing else.</summary>
    public double PerCore => 1000 / (ServerMs + DatabaseMs);
}

/// <summary>One shape at rates that double until it is not kept any more, then three times at normal load.</summary>
internal sealed class Rise(Report report, Nodes nodes)
{
    private const int Repeats = 3;
    private const double Lowest = 25;

    private TimeSpan Step => TimeSpan.FromMilliseconds(Math.Max(1_000, report.Sized(3_000)));

    public async Task<Cost> Run(Shape shape)
    {
        var name = $"{shape.Name}-{nodes.Name}";
        // The first requests meet a cold server, and are not counted.
        await Once(shape, Lowest);
        var kept = 0.0;
        for (var rate = Lowest; rate <= 6_400 && rate <= report.Sized(6_400); rate *= 2)
        {
            var (outcome, cpu) = await Once(shape, rate);
            report.Note($"{name}, {Says(rate, outcome)}; {Says(cpu)}");
            if (!outcome.Kept)
            {
                // What was too much is still being worked off, and refused, for a while.
                await Task.Delay(Step * 2);
                break;
            }

            kept = rate;
        }

        report.Add(new Figure($"{name}-rate-kept", kept));
        return await Normal(shape, name, Math.Max(Lowest / 2, kept / 2));
    }

    private async Task<Cost> Normal(Shape shape, string name, double rate)
    {
        var costs = new List<Cost>();
        var times = new List<Latencies>();
        var before = await nodes.PoolWaits();
        for (var i = 0; i < Repeats; i++)
        {
            var (outcome, cost) = await Once(shape, rate);
            report.Note($"{name} at normal load, {Says(rate, outcome)}; {Says(cost)}");
            times.Add(outcome.Times);
            costs.Add(cost);
        }

        var wait = Nodes.Median(before, await nodes.PoolWaits());
        double Median(Func<Latencies, double> of) => new Latencies(times.Select(of)).P50;
        report.Add(new Figure($"{name}-p50-ms", Median(time => time.P50)));
        report.Add(new Figure($"{name}-p95-ms", Median(time => time.P95), Goal: 500));
        report.Add(new Figure($"{name}-p99-ms", Median(time => time.P99)));
        report.Add(new Figure($"{name}-pool-wait-median-ms", wait, Goal: 1));
        Spread($"{name}-server-cpu-ms", costs.ConvertAll(cost => cost.ServerMs));
        Spread($"{name}-database-cpu-ms", costs.ConvertAll(cost => cost.DatabaseMs));
        double Mean(Func<Cost, double> of) => costs.Average(of);
        return new Cost(rate, Mean(cost => cost.ServerMs), Mean(cost => cost.DatabaseMs), Mean(cost => cost.BytesEach));
    }

    private void Spread(string name, List<double> values)
    {
        report.Add(new Figure(name, values.Average()));
        report.Add(new Figure($"{name}-least", values.Min()));
        report.Add(new Figure($"{name}-most", values.Max()));
    }

    private async Task<(Outcome Outcome, Cost Cost)> Once(Shape shape, double rate)
    {
        var before = nodes.Cpu();
        var outcome = await OpenLoop.Run(rate, Step, (i, ct) => nodes.Send(i, shape.Ask(i), ct));
        nodes.AssertAlive();
        var after = nodes.Cpu();
        var answered = Math.Max(1, outcome.Answered);
        return (outcome, new Cost(rate, (after.Servers - before.Servers) / answered, (after.Database - before.Database) / answered,
            (double)outcome.Bytes / answered));
    }

    private static string Says(double rate, Outcome outcome) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rate:0.#}/s: p50 {outcome.Times.P50:0.0} p95 {outcome.Times.P95:0.0} p99 {outcome.Times.P99:0.0} ms, "
        + $"{outcome.Answered} of {outcome.Asked} answered{Why(outcome)}");

    private static string Why(Outcome outcome) =>
        outcome.Failed == 0 ? string.Empty : $" ({string.Join(", ", outcome.Failures.Select(pair => $"{pair.Key}: {pair.Value}"))})";

    private static string Says(Cost cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"processor {cost.ServerMs:0.00} ms server, {cost.DatabaseMs:0.00} ms database each");
}
