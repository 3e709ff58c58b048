namespace Lectern.Redis;

/// <summary>Redis did not answer, or answered that it cannot. Never leaves this adapter.</summary>
internal sealed class RedisAwayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An error that Redis answered, by its first word: <c>MOVED 3999 127.0.0.1:6381</c>.</summary>
internal sealed record RedisError(string Message)
{
    public bool Is(string word) => Message.StartsWith(word, StringComparison.Ordinal);

    /// <summary>Where the slot is, after <c>MOVED</c> or <c>ASK</c>; the host may be left out and is then the one asked.</summary>
    public RedisEndpoint Target(RedisEndpoint asked)
    {
        var address = Message.Split(' ')[2];
        var colon = address.LastIndexOf(':');
        var host = address[..colon];
        return new RedisEndpoint(host.Length == 0 ? asked.Host : host, int.Parse(address.AsSpan(colon + 1),
            System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>Where a Redis server listens.</summary>
internal sealed record RedisEndpoint(string Host, int Port);
