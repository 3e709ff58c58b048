using System.Collections.Concurrent;
using Lectern.Platform.Observability;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Data;

/// <summary>
/// What this process knows of the standbys: which answer, and up to which position of the log each has replayed. A reader may say from
/// which position on it must see everything; a standby that is not there yet, that is away, or that lags too much is not chosen.
/// </summary>
internal sealed class Replicas(CellSources cells, TenantDirectory directory, PlatformOptions options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(int Database, string Address), Standing> standings = new();
    private readonly ConcurrentDictionary<int, Primary> primaries = new();

    public bool Has(Cell cell) => directory.Database(cell.DatabaseId).Replicas.Count > 0;

    /// <summary>Whether the last look at the shard's primary found nobody.</summary>
    public bool PrimaryIsAway(Cell cell) => primaries.TryGetValue(cell.DatabaseId, out var primary) && primary.Away;

    /// <summary>One of the standbys for this purpose that has replayed this position, at random; null when there is none.</summary>
    public CellPool? Choose(Cell cell, ReadPurpose purpose, long position)
    {
        var limit = TimeSpan.FromSeconds(options.ReplicaLagSeconds);
        return Pick(cell, replica => replica.Purposes.Contains(purpose)
            && Of(cell, replica) is { Up: true } standing && standing.Replayed >= position && Lag(cell.DatabaseId, standing) <= limit);
    }

    /// <summary>
    /// Any standby that answers and was close behind when the primary was last seen, for when there is no primary to be asked. One that
    /// had stopped long before would know sessions that have been ended since.
    /// </summary>
    public CellPool? ChooseAny(Cell cell) => Pick(cell, replica => Of(cell, replica) is { Up: true } standing
        && primaries.TryGetValue(cell.DatabaseId, out var primary) && primary.Covers(standing.Replayed));

    /// <summary>How long ago the primary was where the standby is now; null when nobody knows.</summary>
    public TimeSpan? Lag(ShardDatabase database, Replica replica) =>
        standings.TryGetValue((database.Id, replica.Address), out var standing) && standing.Up ? Lag(database.Id, standing) : null;

    /// <summary>The same in seconds; null also when the primary was nowhere near in the last minute.</summary>
    public double? LagSeconds(ShardDatabase database, Replica replica) =>
        Lag(database, replica) is { } lag && lag < TimeSpan.MaxValue ? lag.TotalSeconds : null;

    public void SawPrimary(ShardDatabase database, long? position)
    {
        var primary = primaries.GetOrAdd(database.Id, _ => new Primary());
        primary.Away = position is null;
        if (position is { } at) primary.Add(clock.GetTimestamp(), at);
    }

    public void Saw(ShardDatabase database, Replica replica, long? replayed)
    {
        standings[(database.Id, replica.Address)] = new Standing(replayed is not null, replayed ?? 0);
        if (Lag(database, replica) is { } lag) Meters.ReplicaLag(database.Id, replica.Address, lag);
    }

    private CellPool? Pick(Cell cell, Func<Replica, bool> fits)
    {
        var fitting = directory.Database(cell.DatabaseId).Replicas.Where(fits).ToList();
        return fitting.Count == 0 ? null : cells.For(cell, fitting[Random.Shared.Next(fitting.Count)]);
    }

    private Standing? Of(Cell cell, Replica replica) =>
        standings.TryGetValue((cell.DatabaseId, replica.Address), out var standing) ? standing : null;

    private TimeSpan Lag(int database, Standing standing) => primaries.TryGetValue(database, out var primary)
        && primary.ReachedAt(standing.Replayed) is { } then ? then == long.MaxValue ? TimeSpan.Zero : clock.GetElapsedTime(then)
        : TimeSpan.MaxValue;

    private sealed record Standing(bool Up, long Replayed);

    /// <summary>Where the primary was in the last minute, so that a standby's lag is a time and not a number of bytes.</summary>
    private sealed class Primary
    {
        private const int Kept = 60;
        private readonly Queue<(long Time, long Position)> seen = new();
        private (long Time, long Position) newest;

        public bool Away { get; set; }

        public void Add(long time, long position)
        {
            lock (seen)
            {
                seen.Enqueue(newest = (time, position));
                if (seen.Count > Kept) seen.Dequeue();
            }
        }

        /// <summary>Whether this position is within what the primary wrote in the minute it was last seen.</summary>
        public bool Covers(long position)
        {
            lock (seen) return seen.TryPeek(out var oldest) && oldest.Position <= position;
        }

        /// <summary>When the primary was last known to be no further than this: for ever, when it still is.</summary>
        public long? ReachedAt(long position)
        {
            lock (seen)
            {
                if (seen.Count == 0) return null;
                if (newest.Position <= position) return long.MaxValue;
                long? found = null;
                foreach (var (time, at) in seen)
                {
                    if (at <= position) found = time;
                }

                return found;
            }
        }
    }
}
