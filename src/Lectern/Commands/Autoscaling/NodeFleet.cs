using System.Diagnostics;
using System.Globalization;

namespace Lectern.Commands.Autoscaling;

/// <summary>
/// Nodes of this machine, each `lectern serve --target api` on a port of its own. One that is taken away drains first; one that dies is
/// started again.
/// </summary>
/// <param name="cores">Processors one node may use; 0 for its share of the machine's.</param>
internal sealed class NodeFleet(IReadOnlyList<int> ports, double cores, HttpClient http) : IAsyncDisposable
{
    /// <summary>How long a new node may take before one that does not answer is replaced.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(300);

    private readonly SortedDictionary<int, Node> nodes = [];

    public int Count => nodes.Count;

    public int Most => ports.Count;

    public IReadOnlyList<int> Ports => [.. nodes.Keys];

    /// <summary>Starts or stops nodes until there are so many, and waits until new ones are ready.</summary>
    public async Task Resize(int wanted, CancellationToken ct)
    {
        foreach (var port in ports.Where(port => !nodes.ContainsKey(port)).Take(Math.Max(0, wanted - nodes.Count)))
            nodes[port] = Node.Start(port);
        foreach (var port in nodes.Keys.Reverse().Take(Math.Max(0, nodes.Count - wanted)).ToList())
        {
            var node = nodes[port];
            nodes.Remove(port);
            await node.DisposeAsync();
        }

        foreach (var node in nodes.Values) await Ready(node, ct);
    }

    /// <summary>What the nodes did since they were asked last; null as long as there is nothing to compare with.</summary>
    public async Task<FleetSample?> Sample(CancellationToken ct)
    {
        var (seconds, busy, count, answering) = (0d, 0d, 0d, 0d);
        foreach (var (port, node) in nodes.ToList())
        {
            if (node.HasDied)
            {
                await node.DisposeAsync();
                nodes[port] = Node.Start(port);
                continue;
            }

            if (await NodeMetrics.Read(http, port, ct) is not { } now) continue;
            if (node.Last is { } last && now.At > last.At)
            {
                seconds += (now.At - last.At).TotalSeconds;
                busy += now.CpuSeconds - last.CpuSeconds;
                count += now.Requests - last.Requests;
                answering += now.RequestSeconds - last.RequestSeconds;
            }

            node.Last = now;
        }

        if (seconds <= 0) return null;
        var share = seconds * (cores > 0 ? cores : (double)Environment.ProcessorCount / Math.Max(1, nodes.Count));
        return new FleetSample(Math.Min(1, busy / share), count > 0 ? TimeSpan.FromSeconds(answering / count) : TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes.Values) await node.DisposeAsync();
        nodes.Clear();
    }

    private async Task Ready(Node node, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (!await Answers(node.Port, ct))
        {
            if (node.HasDied || since.Elapsed > Grace) throw new ArgumentException($"The node on port {node.Port} does not come up.");
            await Task.Delay(200, ct);
        }
    }

    private async Task<bool> Answers(int port, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed class Node(Process process, int port) : IAsyncDisposable
    {
        public int Port => port;

        public bool HasDied => process.HasExited;

        public NodeMetrics? Last { get; set; }

        public static Node Start(int port)
        {
            var program = Path.Combine(AppContext.BaseDirectory, "lectern.dll");
            var start = new ProcessStartInfo("dotnet", [program, "serve", "--target", "api", "--no-migrate"])
            {
                RedirectStandardOutput = true,
            };
            start.Environment["LECTERN_PORT"] = port.ToString(CultureInfo.InvariantCulture);
            var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            return new Node(process, port);
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                // SIGTERM, so that it finishes what it has begun; Process knows only SIGKILL.
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync();
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }
    }
}

/// <summary>What one node has used and answered since it started, from its <c>/metrics</c>.</summary>
internal sealed record NodeMetrics(DateTimeOffset At, double CpuSeconds, double Requests, double RequestSeconds)
{
    public static async Task<NodeMetrics?> Read(HttpClient http, int port, CancellationToken ct)
    {
        try
        {
            var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), ct);
            return Parse(text, TimeProvider.System.GetUtcNow());
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Live streams are left out: they last as long as somebody looks at a page, which says nothing of speed.</summary>
    public static NodeMetrics Parse(string text, DateTimeOffset at)
    {
        var (cpu, requests, seconds) = (0d, 0d, 0d);
        foreach (var line in text.Split('\n').Where(line => line is [not '#', ..] && !line.Contains("/live", StringComparison.Ordinal)))
        {
            var value = double.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (line.StartsWith("dotnet_process_cpu_time", StringComparison.Ordinal)) cpu += value;
            else if (line.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)) requests += value;
            else if (line.StartsWith("http_server_request_duration_seconds_sum", StringComparison.Ordinal)) seconds += value;
        }

        return new NodeMetrics(at, cpu, requests, seconds);
    }
}
