using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Sharing;
using Microsoft.Extensions.Logging;

namespace Lectern.Redis;

/// <summary>The shared store on Redis 6.2 or later, one server or a cluster. Whatever fails here is an answer that is not there.</summary>
internal sealed class RedisStore(RedisSettings settings, TimeProvider clock, ILogger<RedisStore> log) : ISharedStore, IDisposable
{
    // Instants in milliseconds: each bucket keeps the one at which it will be full again. The server's clock is the only one, and
    // nothing is written unless every bucket gives.
    private const string TakeScript = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + time[2] / 1000
        local full, tightest, least, left = {}, 1, nil, 0
        for i, key in ipairs(KEYS) do
          local interval, most = tonumber(ARGV[i * 2 - 1]), tonumber(ARGV[i * 2])
          local at = math.max(tonumber(redis.call('GET', key) or '0'), now) + interval
          local spare = interval * most - (at - now)
          if spare < 0 then return {i - 1, 0, math.ceil(-spare)} end
          full[i] = at
          if least == nil or spare / (interval * most) < least then
            tightest, least, left = i, spare / (interval * most), math.floor(spare / interval)
          end
        end
        for i, key in ipairs(KEYS) do
          redis.call('SET', key, string.format('%.3f', full[i]), 'PX', math.ceil(full[i] - now))
        end
        return {tightest - 1, left, 0}
        """;

    private static readonly byte[] Script = Encoding.UTF8.GetBytes(TakeScript);
#pragma warning disable CA5350 // Redis names scripts by SHA-1; nothing is secured by it.
    private static readonly string ScriptName = Convert.ToHexStringLower(SHA1.HashData(Script));
#pragma warning restore CA5350

    private readonly RedisCluster cluster = new(settings, clock);
    private long toldAt;

    public bool IsThere => true;

    public async ValueTask<byte[]?[]?> Read(params IReadOnlyList<SharedKey> keys)
    {
        var answer = await Ask(keys[0], ["MGET", .. keys.Select(key => key.ToString())]);
        return answer is object?[] values ? Array.ConvertAll(values, value => value as byte[]) : null;
    }

    public async ValueTask<bool> Write(SharedKey key, ReadOnlyMemory<byte> value, TimeSpan life, bool unlessKept)
    {
        object[] command = ["SET", key.ToString(), value.ToArray(), "PX", (long)life.TotalMilliseconds];
        return await Ask(key, unlessKept ? [.. command, "NX"] : command) is byte[];
    }

    public async ValueTask<BucketAnswer?> Take(params IReadOnlyList<Bucket> buckets)
    {
        object[] words =
        [
            buckets.Count, .. buckets.Select(bucket => bucket.Key.ToString()),
            .. buckets.SelectMany(bucket => new object[]
                { bucket.MillisecondsPerToken.ToString("R", CultureInfo.InvariantCulture), bucket.Most }),
        ];
        var answer = await Ask(buckets[0].Key, ["EVALSHA", ScriptName, .. words]);
        // A server that was restarted, or has just become master, has not heard of the script.
        if (answer is RedisError) answer = await Ask(buckets[0].Key, ["EVAL", Script, .. words]);
        return answer is object?[] { Length: 3 } numbers
            ? new BucketAnswer((int)(long)numbers[0]!, (int)(long)numbers[1]!, TimeSpan.FromMilliseconds((long)numbers[2]!))
            : null;
    }

    public void Dispose() => cluster.Dispose();

    private async ValueTask<object?> Ask(SharedKey key, object[] command)
    {
        try
        {
            return await cluster.Send(key.ToString(), RespWriter.Command(command));
        }
        catch (RedisAwayException away)
        {
            Tell(away);
            return null;
        }
    }

    /// <summary>Says that Redis is away, and at most once in half a minute, because every request finds out.</summary>
    private void Tell(RedisAwayException away)
    {
        var last = Interlocked.Read(ref toldAt);
        if (last != 0 && clock.GetElapsedTime(last) < TimeSpan.FromSeconds(30)) return;
        if (Interlocked.CompareExchange(ref toldAt, clock.GetTimestamp(), last) != last) return;
        log.LogWarning("Redis does not answer ({Because}); the database is asked instead.", away.Message);
    }
}
