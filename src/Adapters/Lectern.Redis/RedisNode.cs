namespace Lectern.Redis;

/// <summary>
/// One Redis server: a connection that is made when it is needed, and a breaker. After five failures in a row nobody waits for it:
/// for a second every question fails at once, then one caller tries.
/// </summary>
internal sealed class RedisNode(RedisEndpoint endpoint, RedisSettings settings, TimeProvider clock) : IDisposable
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<RedisConnection>? opening;
    private RedisConnection? open;
    private int failures;
    private long triedAt;

    public RedisEndpoint Endpoint => endpoint;

    public async Task<object?> Send(params IReadOnlyList<ReadOnlyMemory<byte>>[] commands)
    {
        if (!MayTry()) throw new RedisAwayException($"{endpoint.Host}:{endpoint.Port} has failed and is left alone for a moment.");
        RedisConnection? connection = null;
        try
        {
            connection = await Connection().WaitAsync(settings.Timeout, clock);
            var answer = await connection.Send(commands).WaitAsync(settings.Timeout, clock);
            Volatile.Write(ref failures, 0);
            return answer;
        }
        catch (Exception failure) when (failure is RedisAwayException or TimeoutException or IOException
            or System.Net.Sockets.SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // After a missed answer the connection may hang for minutes; a new one says at once how things are.
            connection?.Dispose();
            if (Interlocked.Increment(ref failures) >= FailuresToOpen) Volatile.Write(ref triedAt, clock.GetTimestamp());
            throw failure as RedisAwayException ?? new RedisAwayException(failure.Message, failure);
        }
    }

    public void Dispose() => open?.Dispose();

    private bool MayTry()
    {
        if (Volatile.Read(ref failures) < FailuresToOpen) return true;
        var last = Volatile.Read(ref triedAt);
        return clock.GetElapsedTime(last) >= OpenFor
            && Interlocked.CompareExchange(ref triedAt, clock.GetTimestamp(), last) == last;
    }

    private Task<RedisConnection> Connection()
    {
        lock (gate)
        {
            if (opening is { IsFaulted: false, IsCanceled: false } && open is not { Ended: true }) return opening;
            open = null;
            return opening = Open();
        }
    }

    private async Task<RedisConnection> Open()
    {
        using var limit = new CancellationTokenSource(settings.Timeout * 4, clock);
        return open = await RedisConnection.Open(endpoint, settings, limit.Token);
    }
}

/// <summary>How servers are reached.</summary>
internal sealed record RedisSettings(IReadOnlyList<RedisEndpoint> Endpoints, string Password, bool Tls, TimeSpan Timeout);
