using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Lectern.Redis;

namespace Lectern.Tests.Harness;

/// <summary>Debian's redis-server on free ports, alone or as a cluster of masters, for one test class.</summary>
internal sealed class RedisServers : IAsyncDisposable
{
    private static readonly string? Binary =
        new[] { "/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server" }.FirstOrDefault(File.Exists);

    private readonly string folder = Directory.CreateTempSubdirectory("lectern-redis-").FullName;
    private readonly Dictionary<int, Process> running = [];
    private readonly List<int> ports = [];
    private readonly bool clustered;

    private RedisServers(bool clustered) => this.clustered = clustered;

    public IReadOnlyList<int> Ports => ports;

    public string Endpoints => string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));

    public RedisSettings Settings => new(RedisAdapter.Endpoints(Endpoints), string.Empty, false, TimeSpan.FromSeconds(2));

    /// <summary>Skips the test, with the reason, where there is no Redis.</summary>
    public static void Need()
    {
        var reason = Environment.GetEnvironmentVariable("LECTERN_SKIP_REDIS");
        Assert.SkipWhen(Binary is null || reason is not null, reason ?? "redis-server is not installed");
    }

    public static async Task<RedisServers> Alone()
    {
        Need();
        var servers = new RedisServers(clustered: false);
        servers.ports.Add(FreePort());
        await servers.Start(servers.ports[0]);
        return servers;
    }

    public static async Task<RedisServers> Cluster(int masters)
    {
        Need();
        var servers = new RedisServers(clustered: true);
        for (var i = 0; i < masters; i++)
        {
            servers.ports.Add(FreePort());
            await servers.Start(servers.ports[i]);
        }

        var share = RedisSlot.Count / masters;
        for (var i = 0; i < masters; i++)
        {
            var last = i == masters - 1 ? RedisSlot.Count - 1 : ((i + 1) * share) - 1;
            await servers.Say(servers.ports[i], "CLUSTER", "ADDSLOTSRANGE", i * share, last);
            await servers.Say(servers.ports[i], "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
        }

        foreach (var port in servers.ports.Skip(1))
            await servers.Say(servers.ports[0], "CLUSTER", "MEET", "127.0.0.1", port, servers.BusPort(port));
        foreach (var port in servers.ports)
        {
            await TestTenant.Eventually(async () =>
            {
                var info = System.Text.Encoding.UTF8.GetString((byte[])(await servers.Say(port, "CLUSTER", "INFO"))!);
                return info.Contains("cluster_state:ok", StringComparison.Ordinal)
                    && info.Contains($"cluster_known_nodes:{masters}", StringComparison.Ordinal);
            }, "the cluster is whole", seconds: 30);
        }

        return servers;
    }

    /// <summary>Starts a server again after it was killed; it has forgotten everything but its place in the cluster.</summary>
    public async Task Start(int port)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, port.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var start = new ProcessStartInfo(Binary!) { RedirectStandardOutput = true, WorkingDirectory = place.FullName };
        string[] words = ["--port", $"{port}", "--bind", "127.0.0.1", "--save", string.Empty, "--appendonly", "no", "--logfile", "log"];
        string[] more = clustered
            ? ["--cluster-enabled", "yes", "--cluster-port", $"{BusPort(port)}", "--cluster-node-timeout", "2000",
                "--cluster-require-full-coverage", "no"]
            : [];
        foreach (var word in words.Concat(more)) start.ArgumentList.Add(word);
        running[port] = Process.Start(start)!;
        await TestTenant.Eventually(async () =>
        {
            if (running[port].HasExited)
                throw new InvalidOperationException(
                    "redis-server ended: " + await File.ReadAllTextAsync(Path.Combine(place.FullName, "log")));
            try
            {
                return await Say(port, "PING") is byte[];
            }
            catch (RedisAwayException)
            {
                return false;
            }
        }, "redis-server answers", seconds: 30);
    }

    /// <summary>Starts again whatever an earlier test has killed.</summary>
    public async Task Revive()
    {
        foreach (var port in ports.Where(port => running[port].HasExited)) await Start(port);
    }

    /// <summary>kill -9.</summary>
    public async Task Kill(int port)
    {
        running[port].Kill();
        await running[port].WaitForExitAsync();
    }

    /// <summary>One command to one server, over a connection of its own.</summary>
    public async Task<object?> Say(int port, params object[] words)
    {
        using var node = new RedisNode(new("127.0.0.1", port), Settings, TimeProvider.System);
        return await node.Send(RespWriter.Command(words));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.Values)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private readonly Dictionary<int, int> busPorts = [];

    private int BusPort(int port) => busPorts.TryGetValue(port, out var bus) ? bus : busPorts[port] = FreePort();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
