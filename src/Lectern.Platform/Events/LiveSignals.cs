using System.Collections.Concurrent;
using System.Threading.Channels;
using Lectern.Platform.Observability;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Events;

/// <summary>
/// Wakes what is watching on this node. A signal says only that something about a topic changed; the watcher asks for the
/// change itself, with its own permission.
/// </summary>
public sealed class LiveSignals
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Guid, Channel<bool>>> watchers = new();

    public int Watching => watchers.Values.Sum(topic => topic.Count);

    /// <summary>Watches a topic of an institution until disposed. Signals that arrive while one waits are folded into it.</summary>
    public Watch On(TenantId tenant, string topic)
    {
        var key = Key(tenant, topic);
        var id = Guid.NewGuid();
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        watchers.GetOrAdd(key, _ => new())[id] = channel;
        StateMeters.StreamsChanged(1);
        return new Watch(channel.Reader, () =>
        {
            if (watchers.TryGetValue(key, out var topicWatchers) && topicWatchers.TryRemove(id, out _)) StateMeters.StreamsChanged(-1);
        });
    }

    internal void Signal(string key)
    {
        if (!watchers.TryGetValue(key, out var topic)) return;
        foreach (var channel in topic.Values) channel.Writer.TryWrite(true);
    }

    /// <summary>Wakes everybody: after a lost connection nobody knows what was missed.</summary>
    internal void SignalAll()
    {
        foreach (var key in watchers.Keys) Signal(key);
    }

    internal static string Key(TenantId tenant, string topic) => $"{tenant}/{topic}";

    internal static string? TopicOf(OutboxCursor.Waiting waiting) =>
        waiting.Body.TryGetProperty("topic", out var topic) && topic.GetString() is { } name ? Key(waiting.Tenant, name) : null;

    /// <summary>One watcher's view of a topic.</summary>
    public sealed class Watch(ChannelReader<bool> signals, Action stop) : IDisposable
    {
        /// <summary>Waits for the next change, or until <paramref name="atMost"/> has passed; false when nothing came.</summary>
        public async Task<bool> Next(TimeSpan atMost, CancellationToken ct)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(atMost);
            try
            {
                return await signals.ReadAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return false;
            }
        }

        public void Dispose() => stop();
    }
}
