using System.Collections.Concurrent;
using System.Text;

namespace Lectern.Redis;

/// <summary>
/// Sends a command to the server that has its key: the only one there is, or the master of the key's slot. The map of slots is read
/// from the cluster, corrected by <c>MOVED</c>, and read anew after a failure.
/// </summary>
internal sealed class RedisCluster(RedisSettings settings, TimeProvider clock) : IDisposable
{
    private const int MostRedirects = 4;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<RedisEndpoint, RedisNode> nodes = new();
    private readonly Lock gate = new();
    private RedisNode?[] slots = [];
    private Task? reading;
    private long readAt;

    public async Task<object?> Send(string key, IReadOnlyList<ReadOnlyMemory<byte>> command)
    {
        if (slots.Length == 0) await ReadSlots();
        var slot = RedisSlot.Of(key);
        var (node, asking) = (slots.Length == 0 ? null : slots[slot], false);
        for (var redirects = 0; node is not null && redirects <= MostRedirects; redirects++)
        {
            object? answer;
            try
            {
                answer = asking ? await node.Send(RespWriter.Command("ASKING"), command) : await node.Send(command);
            }
            catch (RedisAwayException)
            {
                // Not waited for: this caller goes to the database, the next one finds the new master.
                _ = ReadSlots();
                throw;
            }

            if (answer is not RedisError error) return answer;
            asking = error.Is("ASK ");
            if (asking || error.Is("MOVED "))
            {
                node = Node(error.Target(node.Endpoint));
                if (asking) continue;
                slots[slot] = node;
                _ = ReadSlots();
                continue;
            }

            if (error.Is("NOSCRIPT")) return error;
            // A master that lost its place, a cluster that is choosing a new one, a server still loading: away, for now.
            _ = ReadSlots();
            throw new RedisAwayException(error.Message);
        }

        _ = ReadSlots();
        throw new RedisAwayException($"No server has slot {slot}.");
    }

    public void Dispose()
    {
        foreach (var node in nodes.Values) node.Dispose();
    }

    private RedisNode Node(RedisEndpoint endpoint) => nodes.GetOrAdd(endpoint, where => new RedisNode(where, settings, clock));

    /// <summary>Reads the map, at most one at a time and twice a second.</summary>
    private Task ReadSlots()
    {
        lock (gate)
        {
            if (reading is { IsCompleted: false }) return reading;
            if (readAt != 0 && clock.GetElapsedTime(readAt) < BetweenReads) return Task.CompletedTask;
            readAt = clock.GetTimestamp();
            return reading = Task.Run(ReadFromAny);
        }
    }

    private async Task ReadFromAny()
    {
        // Those told by the installation first; the others are asked when none of them is left.
        foreach (var node in settings.Endpoints.Select(Node).Concat(nodes.Values).Distinct().ToList())
        {
            try
            {
                var answer = await node.Send(RespWriter.Command("CLUSTER", "SLOTS"));
                var map = answer is object?[] ranges ? Map(ranges, node.Endpoint) : Alone(node);
                if (Array.TrueForAll(map, slot => slot is null)) continue;
                slots = map;
                return;
            }
            catch (RedisAwayException)
            {
                // The next one may know.
            }
        }
    }

    /// <summary>A server that is no cluster has every slot.</summary>
    private static RedisNode?[] Alone(RedisNode node)
    {
        var map = new RedisNode?[RedisSlot.Count];
        Array.Fill(map, node);
        return map;
    }

    private RedisNode?[] Map(object?[] ranges, RedisEndpoint asked)
    {
        var map = new RedisNode?[RedisSlot.Count];
        foreach (var range in ranges.OfType<object?[]>())
        {
            var master = (object?[])range[2]!;
            var host = master[0] is byte[] { Length: > 0 } name ? Encoding.UTF8.GetString(name) : asked.Host;
            var node = Node(new RedisEndpoint(host == "?" ? asked.Host : host, (int)(long)master[1]!));
            for (var slot = (int)(long)range[0]!; slot <= (int)(long)range[1]!; slot++) map[slot] = node;
        }

        return map;
    }
}

/// <summary>Which of a cluster's slots a key belongs to: CRC16 (XMODEM) of what stands in its first braces, or of all of it.</summary>
internal static class RedisSlot
{
    public const int Count = 16384;

    public static int Of(string key)
    {
        var open = key.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : key.IndexOf('}', open + 1);
        var hashed = close > open + 1 ? key[(open + 1)..close] : key;
        ushort crc = 0;
        foreach (var value in Encoding.UTF8.GetBytes(hashed))
        {
            crc ^= (ushort)(value << 8);
            for (var bit = 0; bit < 8; bit++) crc = (ushort)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }

        return crc % Count;
    }
}
