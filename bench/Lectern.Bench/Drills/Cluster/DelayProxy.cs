using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>Passes bytes on in both directions, each way so much later: a database that has become far away.</summary>
internal sealed class DelayProxy : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly TimeSpan eachWay;
    private readonly Task accepting;

    public DelayProxy(int port, int target, TimeSpan eachWay)
    {
        (this.target, this.eachWay) = (target, eachWay);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        accepting = Accept();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(Join(await listener.AcceptTcpClientAsync(stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Join(TcpClient caller)
    {
        using var near = caller;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            await Task.WhenAny(Pass(near.GetStream(), far.GetStream()), Pass(far.GetStream(), near.GetStream()));
        }
        catch (Exception gone) when (gone is SocketException or IOException or OperationCanceledException)
        {
            // One end is closed, and so is the other.
        }
    }

    /// <summary>What is read is written when its time has come, in order; more is read meanwhile.</summary>
    private async Task Pass(NetworkStream from, NetworkStream to)
    {
        var under = Channel.CreateUnbounded<(DateTime At, byte[] Bytes)>();
        var writing = Write(under.Reader, to);
        var buffer = new byte[64 << 10];
        try
        {
            for (var read = 1; read > 0;)
            {
                read = await from.ReadAsync(buffer, stop.Token);
                under.Writer.TryWrite((TimeProvider.System.GetUtcNow().UtcDateTime + eachWay, buffer[..read]));
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of this direction.
        }

        under.Writer.Complete();
        await writing;
    }

    private async Task Write(ChannelReader<(DateTime At, byte[] Bytes)> under, NetworkStream to)
    {
        try
        {
            await foreach (var (at, bytes) in under.ReadAllAsync(stop.Token))
            {
                var wait = at - TimeProvider.System.GetUtcNow().UtcDateTime;
                if (wait > TimeSpan.Zero) await Task.Delay(wait, stop.Token);
                await to.WriteAsync(bytes, stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody reads any more.
        }
    }
}
