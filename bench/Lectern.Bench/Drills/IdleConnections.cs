using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills;

/// <summary>A process that opens connections to a server and says nothing, or far too little, until its input ends.</summary>
internal static class IdleConnections
{
    public const string Child = "--idle-connections";

    /// <summary>Holds the connections and says how many there are; a tenth of them send a header one byte a second.</summary>
    public static async Task<int> Run(string port, string count, string from)
    {
        var target = new IPEndPoint(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        var sockets = new List<Socket>();
        for (var i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            // One address has fewer ports than we need.
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(target);
            sockets.Add(socket);
        }

        Console.WriteLine(sockets.Count);
        using var stop = new CancellationTokenSource();
        var drip = Drip(sockets.Where((_, i) => i % 10 == 0).ToList(), stop.Token);
        await Console.In.ReadToEndAsync(stop.Token);
        await stop.CancelAsync();
        await drip;
        sockets.ForEach(socket => socket.Dispose());
        return 0;
    }

    /// <summary>Starts such a process and waits until all its connections are open.</summary>
    public static async Task<System.Diagnostics.Process> Start(int port, int count, string from)
    {
        var start = SelfProcess.With(
            Child, port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture), from);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = System.Diagnostics.Process.Start(start)!;
        var opened = await process.StandardOutput.ReadLineAsync();
        return opened == start.ArgumentList[^2]
            ? process
            : throw new InvalidOperationException($"Only {opened ?? "no"} connections of {count} could be opened.");
    }

    private static async Task Drip(List<Socket> sockets, CancellationToken ct)
    {
        var header = "GET /api/v1/courses HTTP/1.1\r\nHost: localhost\r\nX-Slow: "u8.ToArray();
        for (var i = 0; !ct.IsCancellationRequested; i++)
        {
            foreach (var socket in sockets.ToList())
            {
                try
                {
                    await socket.SendAsync(header.AsMemory(i % header.Length, 1), CancellationToken.None);
                }
                catch (SocketException)
                {
                    // The server has had enough of it, as it should.
                    sockets.Remove(socket);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
