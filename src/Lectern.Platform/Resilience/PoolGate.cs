using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Resilience;

/// <summary>
/// Says who has the connections of one cell. The most critical comes first; what can wait never holds more than half, and an eighth is
/// for critical work alone, so that reports do not stop grading. No institution of a shared cell holds more than three quarters, and of
/// those who wait the one that holds least comes first.
/// </summary>
internal sealed class PoolGate(int size, bool shared, LoadControl load, TimeProvider clock)
{
    /// <summary>More than this many in the queue would be refused at its end in any case.</summary>
    internal const int LongestQueue = 2_000;

    private readonly Lock gate = new();
    private readonly LinkedList<Waiter>[] waiting = [new(), new(), new()];
    private readonly Dictionary<TenantId, int> held = [];
    private readonly int[] busy = new int[3];

    // Room for a class is room for it and everything less critical together.
    private readonly int[] room = [Math.Max(1, size / 2), Math.Max(1, size - ((size + 7) / 8)), size];
    private readonly int share = shared ? Math.Max(1, size - (size / 4)) : size;

    /// <summary>Waits for a place, at most as long as it is worth; then there is too much for now.</summary>
    public async Task<Place> Enter(TenantId tenant, Criticality criticality, TimeSpan patience, CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        var waiter = Ask(tenant, criticality);
        if (!waiter.Task.IsCompleted)
        {
            try
            {
                await waiter.Task.WaitAsync(patience, clock, ct);
            }
            catch (Exception end) when (end is TimeoutException or OperationCanceledException)
            {
                if (!Leave(waiter)) Release(waiter);
                load.Waited(criticality, clock.GetElapsedTime(asked));
                if (end is OperationCanceledException) throw;
                LoadMeters.Refused(criticality, "waited");
                throw new OverloadedException();
            }
        }

        var waited = clock.GetElapsedTime(asked);
        load.Waited(criticality, waited);
        LoadMeters.Waited(criticality, waited);
        return new Place(this, waiter);
    }

    /// <summary>How many wait now.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Sum(queue => queue.Count);
        }
    }

    private Waiter Ask(TenantId tenant, Criticality criticality)
    {
        var waiter = new Waiter(tenant, criticality);
        lock (gate)
        {
            var queue = waiting[(int)criticality];
            if (queue.Count >= LongestQueue)
            {
                LoadMeters.Refused(criticality, "queue");
                throw new OverloadedException();
            }

            queue.AddLast(waiter.Node);
            Admit();
        }

        return waiter;
    }

    private bool Leave(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.Node.List is null) return false;
            waiter.Node.List.Remove(waiter.Node);
            return true;
        }
    }

    private void Release(Waiter waiter)
    {
        lock (gate)
        {
            busy[(int)waiter.Criticality]--;
            if (--held[waiter.Tenant] == 0) held.Remove(waiter.Tenant);
            Admit();
        }
    }

    private void Admit()
    {
        while (Next() is { } next)
        {
            next.Node.List!.Remove(next.Node);
            busy[(int)next.Criticality]++;
            held[next.Tenant] = held.GetValueOrDefault(next.Tenant) + 1;
            next.SetResult();
        }
    }

    private Waiter? Next()
    {
        for (var criticality = 2; criticality >= 0; criticality--)
        {
            if (waiting[criticality].Count == 0 || !HasRoom(criticality)) continue;
            Waiter? least = null;
            foreach (var one in waiting[criticality])
                if (Holds(one) < share && (least is null || Holds(one) < Holds(least))) least = one;
            if (least is not null) return least;
        }

        return null;
    }

    private bool HasRoom(int criticality)
    {
        var taken = 0;
        for (var i = 0; i < 3; i++)
        {
            taken += busy[i];
            if (i >= criticality && taken >= room[i]) return false;
        }

        return true;
    }

    private int Holds(Waiter waiter) => held.GetValueOrDefault(waiter.Tenant);

    private sealed class Waiter : TaskCompletionSource
    {
        public Waiter(TenantId tenant, Criticality criticality) : base(TaskCreationOptions.RunContinuationsAsynchronously) =>
            (Tenant, Criticality, Node) = (tenant, criticality, new LinkedListNode<Waiter>(this));

        public TenantId Tenant { get; }

        public Criticality Criticality { get; }

        public LinkedListNode<Waiter> Node { get; }
    }

    /// <summary>A place among those who may hold a connection, until it is given back.</summary>
    internal readonly struct Place : IDisposable
    {
        private readonly PoolGate gate;
        private readonly Waiter waiter;

        // Private types cannot stand in a signature that others see.
        internal Place(PoolGate gate, object waiter) => (this.gate, this.waiter) = (gate, (Waiter)waiter);

        public void Dispose() => gate.Release(waiter);
    }
}

/// <summary>There is more to do than can be done; the caller is asked to come back. Nothing was changed.</summary>
internal sealed class OverloadedException() : Exception("There is more to do right now than this server can.");
