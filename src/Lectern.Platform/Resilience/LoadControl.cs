namespace Lectern.Platform.Resilience;

/// <summary>
/// Decides which requests to refuse at the door. What it goes by is the shortest wait of each half second: a queue that never empties
/// shows in it, a burst that is soon served does not. Waiting goes by criticality, so the least critical meet a standing queue first.
/// Threads are everybody's: while they are short, a class is refused only when everything less critical already is.
/// </summary>
internal sealed class LoadControl(TimeSpan tolerated, TimeProvider clock)
{
    internal static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    // Up in two seconds, back in five: what let go too early would swing.
    private const double Up = 0.25;
    private const double Down = 0.1;

    // Some are always let in, or nobody would notice that the queue is gone.
    internal const double Most = 0.95;

    private readonly Lock gate = new();
    private readonly Class[] classes = [new(), new(), new()];
    private TimeSpan? shortestLag;
    private long began = clock.GetTimestamp();

    /// <summary>Something of this criticality was given a database connection, or gave up, after waiting so long.</summary>
    public void Waited(Criticality criticality, TimeSpan wait)
    {
        lock (gate)
        {
            Roll();
            var one = classes[(int)criticality];
            one.Shortest = Shorter(one.Shortest, wait);
        }
    }

    /// <summary>Work that was ready waited so long for a thread.</summary>
    public void Lagged(TimeSpan lag)
    {
        lock (gate)
        {
            Roll();
            shortestLag = Shorter(shortestLag, lag);
        }
    }

    /// <summary>Whether the next request of this criticality is to be refused: evenly, as many of a hundred as the share says.</summary>
    public bool Sheds(Criticality criticality)
    {
        lock (gate)
        {
            Roll();
            var one = classes[(int)criticality];
            if (one.Share <= 0) return false;
            one.Owed += one.Share;
            if (one.Owed < 1) return false;
            one.Owed -= 1;
            return true;
        }
    }

    /// <summary>The part of the requests of this criticality that is refused now, from 0 to <see cref="Most"/>.</summary>
    public double Share(Criticality criticality)
    {
        lock (gate)
        {
            Roll();
            return classes[(int)criticality].Share;
        }
    }

    private void Roll()
    {
        var windows = (int)Math.Min(100, clock.GetElapsedTime(began) / Window);
        if (windows == 0) return;
        began = clock.GetTimestamp();
        Judge();
        // Half seconds in which nobody waited for anything.
        for (var i = 1; i < windows; i++) Judge();
    }

    private void Judge()
    {
        var lagging = shortestLag > tolerated;
        foreach (var one in classes)
        {
            var bad = one.Shortest > tolerated || lagging;
            // Before it grows: the more critical wait for the next window at least.
            lagging &= one.Share >= Most;
            one.Share = bad ? Math.Min(Most, one.Share + Up) : Math.Max(0, one.Share - Down);
            if (one.Share <= 0) one.Owed = 0;
            one.Shortest = null;
        }

        shortestLag = null;
    }

    private static TimeSpan Shorter(TimeSpan? known, TimeSpan other) => known < other ? known.Value : other;

    private sealed class Class
    {
        public TimeSpan? Shortest { get; set; }

        public double Share { get; set; }

        public double Owed { get; set; }
    }
}
