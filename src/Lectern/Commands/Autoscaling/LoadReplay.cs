using System.Globalization;

namespace Lectern.Commands.Autoscaling;

/// <summary>One line of recorded load: seconds since the start and requests in a second.</summary>
internal sealed record LoadPoint(int Second, double RequestsPerSecond);

/// <summary>What a policy made of a recording.</summary>
/// <param name="Reversals">Changes of direction within ten minutes: growing what was just shrunk, or the other way.</param>
/// <param name="Overloaded">Share of the time in which the fleet had more to do than it could.</param>
internal sealed record ReplayResult(
    int Decisions, int Reversals, int Peak, double NodeHours, double Overloaded, IReadOnlyList<string> Lines);

/// <summary>
/// Replays recorded load against a model of a fleet: each node does so many requests a second, its processor use is its load by its
/// capacity, and answers slow down as 1 / (1 - use) does, as in a queue with one server. A node asked for serves after half a minute.
/// </summary>
internal sealed class LoadReplay(ScalingPolicy policy, double capacity)
{
    private const int Step = 15;
    private const string Header = "second,requests_per_second";
    private static readonly TimeSpan Boot = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Service = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Hasty = TimeSpan.FromMinutes(10);

    public static List<LoadPoint> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        if (lines.Length == 0 || lines[0].Trim() != Header) throw new ArgumentException($"{file} must begin with the line {Header}.");
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select((line, at) =>
            line.Split(',') is [var second, var requests]
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var when)
            && double.TryParse(requests, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load)
                ? new LoadPoint(when, load)
                : throw new ArgumentException($"{file}, line {at + 2}: '{line}' is not a second and a number of requests."))];
    }

    public ReplayResult Run(IReadOnlyList<LoadPoint> load)
    {
        if (load.Count < 2) throw new ArgumentException("A recording has at least two lines.");
        var began = DateTimeOffset.UnixEpoch;
        var state = new FleetState(policy.Start, began - Hasty, began - Hasty);
        var serving = policy.Start;
        var (decisions, reversals, overloaded, steps, nodeSeconds, peak, at, lastWay) = (0, 0, 0, 0, 0d, serving, 0, 0);
        var lastChange = began - Hasty;
        var lines = new List<string>();
        for (var second = load[0].Second; second <= load[^1].Second; second += Step)
        {
            var now = began.AddSeconds(second);
            while (at + 1 < load.Count && load[at + 1].Second <= second) at++;
            if (state.Nodes < serving || now - state.LastGrown >= Boot) serving = state.Nodes;
            var sample = Sample(load[at].RequestsPerSecond, serving);
            state = state.After(sample, now);
            var decision = policy.Decide(state, sample, now);
            var way = Math.Sign(decision.Nodes - state.Nodes);
            if (way != 0)
            {
                decisions++;
                if (way == -lastWay && now - lastChange < Hasty) reversals++;
                lines.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{second,7} s {load[at].RequestsPerSecond,9:0} requests/s {state.Nodes,3} -> {decision.Nodes,3}  {decision.Because}"));
                (lastWay, lastChange) = (way, now);
                state = state.Resized(decision.Nodes, now);
            }

            steps++;
            if (sample.Cpu >= 1) overloaded++;
            nodeSeconds += state.Nodes * Step;
            peak = Math.Max(peak, state.Nodes);
        }

        return new ReplayResult(decisions, reversals, peak, nodeSeconds / 3600, (double)overloaded / steps, lines);
    }

    private FleetSample Sample(double requestsPerSecond, int nodes)
    {
        var use = requestsPerSecond / (nodes * capacity);
        return new FleetSample(Math.Min(use, 1), use >= 0.99 ? TimeSpan.FromSeconds(5) : Service / (1 - use));
    }
}
