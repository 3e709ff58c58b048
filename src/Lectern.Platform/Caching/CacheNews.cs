using System.Collections.Concurrent;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Caching;

/// <summary>
/// What this node knows of what has changed. A write names the tag it outdates in its own transaction (<c>NOTIFY</c>), so the news
/// comes to every node if and only if the write does; the stamp the nodes share is renewed as well, for what is kept there.
/// <para>While this node does not hear every database, it trusts nothing tagged that it keeps itself.</para>
/// </summary>
internal sealed class CacheNews(ISharedStore shared, Func<IEnumerable<ShardDatabase>> databases) : IDisposable
{
    /// <summary>The channel of <c>NOTIFY</c>; the payload is the tag, or an ended session.</summary>
    public const string Channel = "lectern_stale";

    internal static readonly TimeSpan StampLife = TimeSpan.FromDays(1);
    private const int Insistence = 300;
    private const int MostTags = 50_000;
    private readonly ConcurrentDictionary<string, long> stamps = new();
    private readonly ConcurrentDictionary<ShardDatabase, bool> heard = new();
    private readonly CancellationTokenSource stopping = new();
    private long generation;
    private long changes;

    /// <summary>Whether every change elsewhere reaches this node.</summary>
    public bool Hears => databases().All(heard.ContainsKey);

    /// <summary>A database's changes are heard from now on; what was missed before cannot be known.</summary>
    public void Listen(ShardDatabase database)
    {
        Interlocked.Increment(ref generation);
        heard[database] = true;
    }

    public void Miss(ShardDatabase database) => heard.TryRemove(database, out _);

    /// <summary>What this node knows of these tags, to be compared later.</summary>
    public long[] Stamps(IReadOnlyList<string> tags)
    {
        var known = new long[tags.Count + 1];
        known[0] = Interlocked.Read(ref generation);
        for (var i = 0; i < tags.Count; i++) known[i + 1] = stamps.GetValueOrDefault(tags[i]);
        return known;
    }

    /// <summary>Outdates what is kept under a tag, here at once and for those who ask the shared store before this returns.</summary>
    public async Task Outdate(string tag)
    {
        if (stamps.Count > MostTags)
        {
            Interlocked.Increment(ref generation);
            stamps.Clear();
        }

        stamps[tag] = Interlocked.Increment(ref changes);
        await Insist(CacheKey.Stamp(tag), NewStamp, StampLife);
    }

    /// <summary>
    /// Writes what must not be missing from the shared store. When it is away this goes on in the background for as long as something
    /// older may live there.
    /// </summary>
    public async Task Insist(SharedKey key, Func<byte[]> value, TimeSpan life)
    {
        if (!shared.IsThere || await shared.Write(key, value(), life)) return;
        _ = Task.Run(async () =>
        {
            for (var second = 0; second < Insistence && !stopping.IsCancellationRequested; second++)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), stopping.Token));
                if (await shared.Write(key, value(), life)) return;
            }
        });
    }

    public void Dispose() => stopping.Cancel();

    /// <summary>Never one that was there before: what was kept under a lost stamp must not become good again.</summary>
    internal static byte[] NewStamp() => Guid.NewGuid().ToByteArray();
}
