using System.Collections.Concurrent;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Limits;

/// <summary>
/// Token buckets of this node alone. Each is one number: the instant at which it will be full again.
/// </summary>
internal sealed class LocalBuckets(TimeProvider clock)
{
    private const int PruneAbove = 10_000;
    private readonly ConcurrentDictionary<TenantId, Dictionary<SharedKey, double>> tenants = new();
    private readonly long began = clock.GetTimestamp();

    /// <summary>Takes one token of every bucket, or of none when one is empty.</summary>
    public BucketAnswer Take(params ReadOnlySpan<Bucket> buckets)
    {
        var full = tenants.GetOrAdd(buckets[0].Key.Tenant, _ => []);
        var now = clock.GetElapsedTime(began).TotalMilliseconds;
        // Institutions do not wait for each other, and none for longer than these few additions.
        lock (full)
        {
            var (tightest, least, left) = (0, double.MaxValue, 0);
            for (var i = 0; i < buckets.Length; i++)
            {
                var (interval, capacity) = (buckets[i].MillisecondsPerToken, buckets[i].MillisecondsPerToken * buckets[i].Most);
                var spare = capacity - (Math.Max(full.GetValueOrDefault(buckets[i].Key), now) + interval - now);
                // A millionth of a millisecond is what additions lose.
                if (spare < -1e-6) return new BucketAnswer(i, 0, TimeSpan.FromMilliseconds(Math.Ceiling(-spare)));
                if (spare / capacity >= least) continue;
                (tightest, least, left) = (i, spare / capacity, (int)(spare / interval));
            }

            foreach (var bucket in buckets)
                full[bucket.Key] = Math.Max(full.GetValueOrDefault(bucket.Key), now) + bucket.MillisecondsPerToken;
            if (full.Count > PruneAbove) Prune(full, now);
            return new BucketAnswer(tightest, left, TimeSpan.Zero);
        }
    }

    /// <summary>A full bucket need not be remembered.</summary>
    private static void Prune(Dictionary<SharedKey, double> full, double now)
    {
        foreach (var (key, at) in full) if (at <= now) full.Remove(key);
    }
}
