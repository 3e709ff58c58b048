using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>A node that answers for messages alone, and an edge that sends it what is its.</summary>
internal sealed class Apart : IAsyncDisposable
{
    private ServerProcess? node;

    public Task Begin(Fleet fleet) => Begin(fleet, again: false);

    public async Task Begin(Fleet fleet, bool again)
    {
        var at = fleet.Ports + 131;
        node = await ServerProcess.Start(fleet.Options, at, ["--target", "api", "--services", "messaging", "--no-migrate"]);
        if (again) return;
        var api = string.Join(',', Enumerable.Range(1, 3).Select(i => At(fleet.Ports + 100 + i)));
        await Restart(fleet, ("LECTERN_CLUSTER_GROUPS", $"api={api} realtime={At(fleet.Ports + 121)} messaging={At(at)}"));
    }

    public async Task Kill()
    {
        await node!.DisposeAsync();
        node = null;
    }

    /// <summary>The edge as it was.</summary>
    public static Task End(Fleet fleet) => Restart(fleet);

    public ValueTask DisposeAsync() => node?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task Restart(Fleet fleet, params (string, string)[] settings)
    {
        foreach (var name in new[] { "edge", "balancer" }) await fleet.Dev("stop", name);
        foreach (var name in new[] { "balancer", "edge" }) await Fleet.Dev(settings, "start", name);
    }

    private static string At(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
