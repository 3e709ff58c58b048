using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;

namespace Lectern.Redis;

/// <summary>
/// One connection, shared by everybody on this node: commands of many callers travel in one packet and answers come back in order.
/// It ends with the first failure or missed answer, and everybody who waits on it is told at once.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<object?>> waiting = new();
    private ArrayBufferWriter<byte> toSend = new();
    private ArrayBufferWriter<byte> sending = new();
    private bool writing;
    private bool ended;

    private RedisConnection(Socket socket, Stream stream) => (this.socket, this.stream) = (socket, stream);

    public bool Ended => ended;

    public static async Task<RedisConnection> Open(RedisEndpoint endpoint, RedisSettings settings, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, ct);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (settings.Tls)
            {
                var secured = new SslStream(stream);
                await secured.AuthenticateAsClientAsync(endpoint.Host, null, checkCertificateRevocation: false).WaitAsync(ct);
                stream = secured;
            }

            var connection = new RedisConnection(socket, stream);
            _ = connection.ReadAnswers();
            if (settings.Password.Length > 0
                && await connection.Send([RespWriter.Command("AUTH", settings.Password)]).WaitAsync(ct) is RedisError refused)
                throw new RedisAwayException(refused.Message);
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends commands next to each other and answers what the last one said.</summary>
    public Task<object?> Send(IReadOnlyList<IReadOnlyList<ReadOnlyMemory<byte>>> commands)
    {
        TaskCompletionSource<object?>? last = null;
        lock (gate)
        {
            if (ended) throw new RedisAwayException("The connection has ended.");
            foreach (var command in commands)
            {
                RespWriter.Write(toSend, command);
                waiting.Enqueue(last = new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            if (!writing)
            {
                writing = true;
                _ = WriteWaiting();
            }
        }

        return last!.Task;
    }

    public void Dispose() => End(new RedisAwayException("The connection was closed."));

    private async Task WriteWaiting()
    {
        try
        {
            // Lets callers that arrive at the same time travel together.
            await Task.Yield();
            while (true)
            {
                lock (gate)
                {
                    if (toSend.WrittenCount == 0)
                    {
                        writing = false;
                        return;
                    }

                    (toSend, sending) = (sending, toSend);
                }

                await stream.WriteAsync(sending.WrittenMemory);
                sending.ResetWrittenCount();
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or SocketException)
        {
            End(failure);
        }
    }

    private async Task ReadAnswers()
    {
        var reader = new RespReader(stream);
        try
        {
            while (true)
            {
                var answer = await reader.Read(CancellationToken.None);
                TaskCompletionSource<object?> asked;
                lock (gate) asked = waiting.Dequeue();
                asked.TrySetResult(answer);
            }
        }
        catch (Exception failure)
        {
            // Whatever it was, the answers after it can no longer be told apart.
            End(failure);
        }
    }

    private void End(Exception because)
    {
        TaskCompletionSource<object?>[] left;
        lock (gate)
        {
            if (ended) return;
            ended = true;
            left = [.. waiting];
            waiting.Clear();
        }

        stream.Dispose();
        socket.Dispose();
        var failure = because as RedisAwayException ?? new RedisAwayException(because.Message, because);
        foreach (var asked in left) asked.TrySetException(failure);
        // Those nobody waits for any more are not reported as forgotten.
        foreach (var asked in left) _ = asked.Task.Exception;
    }
}
