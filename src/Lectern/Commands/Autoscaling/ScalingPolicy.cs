using System.Collections.Immutable;

namespace Lectern.Commands.Autoscaling;

/// <summary>What a fleet did in the last interval: processor use as a share of what it may use, and the mean answer time.</summary>
internal sealed record FleetSample(double Cpu, TimeSpan Response);

/// <summary>What a policy remembers between two looks: when the fleet changed, and how busy it was of late.</summary>
internal sealed record FleetState(int Nodes, DateTimeOffset LastGrown, DateTimeOffset LastShrunk)
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    private ImmutableQueue<(DateTimeOffset At, double Busy)> recent = [];

    /// <summary>The most nodes that were busy at once in the last five minutes.</summary>
    public double RecentPeak => recent.IsEmpty ? 0 : recent.Max(look => look.Busy);

    public FleetState After(FleetSample sample, DateTimeOffset now)
    {
        var kept = recent.Enqueue((now, sample.Cpu * Nodes));
        while (kept.Peek().At < now - Lately) kept = kept.Dequeue();
        return this with { recent = kept };
    }

    public FleetState Resized(int nodes, DateTimeOffset now) =>
        nodes > Nodes ? this with { Nodes = nodes, LastGrown = now } : this with { Nodes = nodes, LastShrunk = now };
}

/// <summary>How many nodes there should be, and why.</summary>
internal sealed record Decision(int Nodes, string Because);

/// <summary>
/// When a fleet grows and shrinks. Pure: the clock and the measurements come from outside, so that a year can be replayed in a second
/// and the process that decides may be replaced at any time.
/// </summary>
internal abstract record ScalingPolicy(string Name)
{
    public const int Least = 2;
    public const int Most = 50;

    public static IReadOnlyList<ScalingPolicy> All { get; } = [new ThresholdPolicy(), new TargetPolicy()];

    /// <summary>How many nodes a fleet starts with.</summary>
    public abstract int Start { get; }

    /// <summary>How long after growing nothing grows again; growing and shrinking wait for each other too.</summary>
    public TimeSpan GrowPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after any change nothing shrinks: taking a node away is cheap to delay and dear to regret.</summary>
    public TimeSpan ShrinkPause { get; init; } = TimeSpan.FromSeconds(300);

    public static ScalingPolicy Of(string name) => All.FirstOrDefault(policy => policy.Name == name)
        ?? throw new ArgumentException($"There is no policy '{name}'. There are: {string.Join(", ", All.Select(policy => policy.Name))}.");

    /// <summary>Decides upon a state that has already taken the sample in (<see cref="FleetState.After"/>).</summary>
    public Decision Decide(FleetState state, FleetSample sample, DateTimeOffset now)
    {
        var (wanted, because) = Want(state, sample);
        wanted = Math.Clamp(wanted, Least, Most);
        if (wanted > state.Nodes && now - state.LastGrown < GrowPause) return new(state.Nodes, "waits after growing");
        var lastChange = state.LastGrown > state.LastShrunk ? state.LastGrown : state.LastShrunk;
        if (wanted < state.Nodes && now - lastChange < ShrinkPause) return new(state.Nodes, "waits before shrinking");
        return wanted == state.Nodes ? new(wanted, "enough") : new(wanted, because);
    }

    protected abstract (int Nodes, string Because) Want(FleetState state, FleetSample sample);
}

/// <summary>
/// Policy A of the requirements (SCL-06): 2 to 50 nodes; a quarter more above 70 % processor or 500 ms, one fewer below 30 % and 100 ms.
/// Between the two lies room enough that a fleet which has just grown does not at once look idle.
/// </summary>
internal sealed record ThresholdPolicy() : ScalingPolicy("threshold")
{
    public override int Start => Least;

    protected override (int Nodes, string Because) Want(FleetState state, FleetSample sample)
    {
        var nodes = state.Nodes;
        var slow = sample.Response > TimeSpan.FromMilliseconds(500);
        if (sample.Cpu > 0.7 || slow) return (nodes + Math.Max(1, nodes / 4), slow ? "answers over 500 ms" : "processors over 70 %");
        return sample.Cpu < 0.3 && sample.Response < TimeSpan.FromMilliseconds(100)
            ? (nodes - 1, "processors under 30 %, answers under 100 ms")
            : (nodes, "in between");
    }
}

/// <summary>
/// Policy B of the requirements (SCL-07): starts with 5 and keeps processors at 70 % and answers at 500 ms, whichever wants more nodes.
/// It shrinks to what the busiest moment of the last five minutes needs with a fifth to spare, because load is never smooth.
/// </summary>
internal sealed record TargetPolicy() : ScalingPolicy("target")
{
    private const double TargetCpu = 0.7;
    private const double Spare = 0.8;
    private static readonly TimeSpan TargetResponse = TimeSpan.FromMilliseconds(500);

    public override int Start => 5;

    protected override (int Nodes, string Because) Want(FleetState state, FleetSample sample)
    {
        // Answer time does not grow in proportion to load: it calls for more nodes, and never says how many could go.
        if (sample.Response > TargetResponse) return (state.Nodes + Math.Max(1, state.Nodes / 4), "answers over 500 ms");
        var needed = NodesFor(state.Nodes * sample.Cpu, TargetCpu);
        return needed > state.Nodes
            ? (needed, "processors over 70 %")
            : (Math.Min(state.Nodes, NodesFor(state.RecentPeak, TargetCpu * Spare)), "processors far under 70 % for five minutes");
    }

    // 0.98 * 5 / 0.7 is a hair more than 7 in binary.
    private static int NodesFor(double busy, double use) => (int)Math.Ceiling(busy / use - 1e-9);
}
