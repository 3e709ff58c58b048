using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Lectern.Commands.Autoscaling;
using Lectern.Hosting;

namespace Lectern.Commands;

/// <summary>Grows and shrinks a fleet of api nodes by what they do, or replays recorded load to show what would have happened.</summary>
internal static class Autoscale
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        var policy = ScalingPolicy.Of(arguments.Of("policy") ?? "threshold");
        policy = policy with
        {
            GrowPause = TimeSpan.FromSeconds(Number(arguments, "grow-pause", policy.GrowPause.TotalSeconds)),
            ShrinkPause = TimeSpan.FromSeconds(Number(arguments, "shrink-pause", policy.ShrinkPause.TotalSeconds)),
        };
        switch (arguments.Need(0, "What to do (replay or run)"))
        {
            case "replay":
                return Replay(policy, arguments);
            case "run":
                return await DriveUntilStopped(policy, arguments);
            case var other:
                throw new ArgumentException($"autoscale does not know '{other}'. Use replay or run.");
        }
    }

    private static int Replay(ScalingPolicy policy, Arguments arguments)
    {
        var capacity = Number(arguments, "capacity", 150);
        var result = new LoadReplay(policy, capacity).Run(LoadReplay.Read(arguments.Need(1, "A recording (second,requests_per_second)")));
        foreach (var line in result.Lines) Console.WriteLine(line);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"autoscale {policy.Name}: {result.Decisions} decisions, {result.Reversals} reversals, peak {result.Peak} nodes, "
            + $"{result.NodeHours:0.0} node hours, overloaded {result.Overloaded:P1} of the time"));
        return result.Reversals == 0 ? 0 : 1;
    }

    private static async Task<int> DriveUntilStopped(ScalingPolicy policy, Arguments arguments)
    {
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return await Drive(policy, arguments, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> Drive(ScalingPolicy policy, Arguments arguments, CancellationToken ct)
    {
        var every = TimeSpan.FromSeconds(Number(arguments, "every", 15));
        await using var services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient();
        http.Timeout = TimeSpan.FromSeconds(5);
        await using var fleet = new NodeFleet(Ports(arguments), Number(arguments, "cores", 0), http);
        var clock = TimeProvider.System;
        var state = new FleetState(Math.Min(policy.Start, fleet.Most), DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        try
        {
            await Resize(fleet, state.Nodes, "starts", arguments, ct);
            while (true)
            {
                await Task.Delay(every, clock, ct);
                if (await fleet.Sample(ct) is not { } sample) continue;
                var now = clock.GetUtcNow();
                state = state.After(sample, now);
                var decision = policy.Decide(state, sample, now);
                var wanted = Math.Min(decision.Nodes, fleet.Most);
                if (wanted == state.Nodes) continue;
                await Resize(fleet, wanted, decision.Because, arguments, ct);
                state = state.Resized(wanted, now);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>
    /// Changes the fleet and tells whoever spreads requests over it: of nodes that come once they answer, of those that go before they
    /// stop.
    /// </summary>
    private static async Task Resize(NodeFleet fleet, int wanted, string because, Arguments arguments, CancellationToken ct)
    {
        var before = fleet.Count;
        if (wanted < before) await Tell([.. fleet.Ports.Take(wanted)], arguments, ct);
        await fleet.Resize(wanted, ct);
        if (wanted >= before) await Tell(fleet.Ports, arguments, ct);
        Console.WriteLine($"{before} -> {wanted} nodes: {because}; ports {string.Join(' ', fleet.Ports)}");
    }

    /// <summary>Runs the command that was named, with the ports in use as its words.</summary>
    private static async Task Tell(IReadOnlyList<int> ports, Arguments arguments, CancellationToken ct)
    {
        if (arguments.Of("notify") is not { } command) return;
        using var told = Process.Start(command, ports.Select(port => port.ToString(CultureInfo.InvariantCulture)));
        await told.WaitForExitAsync(ct);
    }

    private static List<int> Ports(Arguments arguments)
    {
        var ends = (arguments.Of("ports") ?? "8081-8090").Split('-');
        if (ends.Length != 2 || !int.TryParse(ends[0], out var first) || !int.TryParse(ends[1], out var last) || last <= first)
            throw new ArgumentException("--ports is a range, like 8081-8090.");
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    private static double Number(Arguments arguments, string name, double usual) =>
        arguments.Of(name) is not { } text ? usual
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new ArgumentException($"--{name} is a number above 0.");
}
