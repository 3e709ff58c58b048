using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.PeerReviews;

/// <summary>One piece of work to review.</summary>
/// <param name="AuthorId">Of those who made it the one it is known by.</param>
/// <param name="IsSample">It has a reference, and everybody else reviews it to practise; nobody as a peer.</param>
internal sealed record PeerWork(SubmissionId SubmissionId, UserId AuthorId, IReadOnlyList<UserId> Makers, bool IsSample = false);

/// <summary>Somebody who is to review a piece of work.</summary>
internal sealed record PeerPair(UserId ReviewerId, PeerWork Work);

/// <summary>Everything an allocation is made from.</summary>
/// <param name="Groups">Who is in which groups; members of one do not review each other.</param>
/// <param name="Standing">Reviewer and author of reviews that are asked for already.</param>
/// <param name="Barred">The same of pairs that somebody took away.</param>
internal sealed record PeerPool(
    IReadOnlyList<PeerWork> Works, IReadOnlyDictionary<UserId, long[]> Groups,
    IReadOnlyCollection<(UserId Reviewer, UserId Author)> Standing, IReadOnlyCollection<(UserId Reviewer, UserId Author)> Barred);

/// <summary>
/// Who reviews what. Each work gets as many reviews as are wanted where that is possible, and reviewers give as equally many as they can:
/// reviewers may give one, then two, and so on, and within each step works are found reviewers by augmenting paths (M. Hall, "On
/// representatives of subsets", 1935, and H. W. Kuhn's method of 1955), so that a work stays short only when no rearrangement of new
/// pairs helps. What was asked for before stays as it is. The same seed makes the same pairs.
/// </summary>
internal sealed class PeerAllocation
{
    private readonly PeerPool pool;
    private readonly int wanted;
    private readonly Shuffle shuffle;
    private readonly UserId[] reviewers;
    private readonly int[] workOf;
    private readonly int[] order;
    private readonly HashSet<int>[] reviewersOf;
    private readonly List<int>[] fresh;
    private readonly int[] given;
    private readonly HashSet<(int, int)> barred;
    private readonly HashSet<long>[] groupsOfWork;
    private readonly long[][] groupsOf;
    private int cap;

    private PeerAllocation(PeerPool pool, int wanted, long seed)
    {
        (this.pool, this.wanted, shuffle) = (pool, wanted, new Shuffle(seed));
        var makers = pool.Works.SelectMany((work, w) => work.Makers.Select(maker => (maker, w))).OrderBy(one => one.maker.Value).ToArray();
        shuffle.Mix(makers);
        (reviewers, workOf) = ([.. makers.Select(one => one.maker)], [.. makers.Select(one => one.w)]);
        order = [.. Enumerable.Range(0, pool.Works.Count).Where(w => !pool.Works[w].IsSample).OrderBy(w => pool.Works[w].AuthorId.Value)];
        shuffle.Mix(order);
        reviewersOf = [.. pool.Works.Select(_ => new HashSet<int>())];
        fresh = [.. reviewers.Select(_ => new List<int>())];
        given = new int[reviewers.Length];
        groupsOf = [.. reviewers.Select(one => pool.Groups.GetValueOrDefault(one) ?? [])];
        groupsOfWork = [.. pool.Works.Select(GroupsOf)];
        var numbers = reviewers.Select((one, r) => (one, r)).ToDictionary(one => one.one, one => one.r);
        var known = makers.ToDictionary(one => one.maker, one => one.w);
        barred = [.. Numbered(pool.Barred)];
        foreach (var (r, w) in Numbered(pool.Standing))
        {
            if (workOf[r] != w && reviewersOf[w].Add(r)) given[r]++;
        }

        HashSet<long> GroupsOf(PeerWork work) => [.. work.Makers.SelectMany(one => pool.Groups.GetValueOrDefault(one) ?? [])];

        IEnumerable<(int, int)> Numbered(IEnumerable<(UserId Reviewer, UserId Author)> pairs) =>
            from pair in pairs
            where numbers.ContainsKey(pair.Reviewer) && known.ContainsKey(pair.Author)
            select (numbers[pair.Reviewer], known[pair.Author]);
    }

    public static AllocatedReviews Make(PeerPool pool, int perWork, long seed)
    {
        var allocation = new PeerAllocation(pool, perWork, seed);
        allocation.Fill();
        // Where everybody has work of their own, everybody is to learn from as many; latecomers find the others' works full.
        if (pool.Works.All(work => work.Makers.Count == 1)) allocation.OccupyLatecomers();
        return allocation.Result();
    }

    private void Fill()
    {
        if (reviewers.Length == 0) return;
        for (cap = given.Min() + 1; ; cap++)
        {
            var added = Pass();
            if (order.All(w => reviewersOf[w].Count >= wanted)) return;
            // Everybody has room, and it helps nobody.
            if (!added && given.All(count => count < cap)) return;
        }
    }

    /// <summary>Gives works reviewers while nobody gives more than the cap; every work its first before any its second.</summary>
    private bool Pass()
    {
        var open = Enumerable.Range(0, reviewers.Length).Where(r => given[r] < cap).ToArray();
        shuffle.Mix(open);
        var free = new List<int>(open);
        var (at, added, hopeless) = (0, false, new bool[reviewersOf.Length]);
        for (var level = 1; level <= wanted && free.Count > 0; level++)
        {
            foreach (var w in order)
            {
                if (free.Count == 0) break;
                if (reviewersOf[w].Count >= level || hopeless[w]) continue;
                added |= Direct(w, free, ref at) || Rearranged(w, free, hopeless);
            }
        }

        return added;
    }

    private bool Direct(int w, List<int> free, ref int at)
    {
        for (var step = 0; step < free.Count; step++)
        {
            var place = (at + step) % free.Count;
            var r = free[place];
            if (!May(r, w)) continue;
            Give(r, w);
            given[r]++;
            at = place + 1;
            if (given[r] >= cap) RemoveAt(free, place);
            return true;
        }

        return false;
    }

    /// <summary>
    /// Finds a reviewer by having others exchange what they were given in this run; all works it looked at in vain are hopeless.
    /// </summary>
    private bool Rearranged(int start, List<int> free, bool[] hopeless)
    {
        var rest = Enumerable.Range(0, reviewers.Length).ToList();
        var (takes, from) = (new int[reviewers.Length], new Dictionary<int, int> { [start] = -1 });
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var w))
        {
            for (var place = rest.Count - 1; place >= 0; place--)
            {
                var r = rest[place];
                if (!May(r, w)) continue;
                RemoveAt(rest, place);
                takes[r] = w;
                if (given[r] < cap)
                {
                    Exchange(r, takes, from);
                    if (given[r] >= cap) free.Remove(r);
                    return true;
                }

                foreach (var other in fresh[r].Where(other => from.TryAdd(other, r))) queue.Enqueue(other);
            }
        }

        foreach (var w in from.Keys) hopeless[w] = true;
        return false;
    }

    private void Exchange(int free, int[] takes, Dictionary<int, int> from)
    {
        given[free]++;
        for (var r = free; r >= 0;)
        {
            var w = takes[r];
            var before = from[w];
            if (before >= 0)
            {
                fresh[before].Remove(w);
                reviewersOf[w].Remove(before);
            }

            Give(r, w);
            r = before;
        }
    }

    private void OccupyLatecomers()
    {
        var at = 0;
        foreach (var r in Enumerable.Range(0, reviewers.Length))
        {
            for (var step = 0; step < order.Length && given[r] < wanted; step++)
            {
                var w = order[(at + step) % order.Length];
                if (!May(r, w)) continue;
                Give(r, w);
                given[r]++;
            }

            at += wanted;
        }
    }

    private bool May(int r, int w) =>
        workOf[r] != w && !reviewersOf[w].Contains(r) && !barred.Contains((r, w)) && !Array.Exists(groupsOf[r], groupsOfWork[w].Contains);

    private void Give(int r, int w)
    {
        reviewersOf[w].Add(r);
        fresh[r].Add(w);
    }

    private AllocatedReviews Result()
    {
        var pairs = fresh.SelectMany((works, r) => works.Select(w => new PeerPair(reviewers[r], pool.Works[w]))).ToArray();
        // Numbers of reviews are given in this order; by reviewer, two numbers side by side would tell.
        shuffle.Mix(pairs);
        var got = order.Select(w => reviewersOf[w].Count).ToList();
        return new(pairs, new(got), new(given), got.Count(count => count < wanted));
    }

    private static void RemoveAt(List<int> list, int place)
    {
        list[place] = list[^1];
        list.RemoveAt(list.Count - 1);
    }
}

/// <summary>What an allocation comes to.</summary>
/// <param name="Pairs">New ones.</param>
/// <param name="Short">How many works get fewer reviews than are wanted.</param>
internal sealed record AllocatedReviews(IReadOnlyList<PeerPair> Pairs, LoadRange PerWork, LoadRange PerReviewer, int Short);

/// <summary>The fewest and the most, with what stood before.</summary>
internal sealed record LoadRange(int Fewest, int Most)
{
    public LoadRange(IEnumerable<int> counts) : this(counts.DefaultIfEmpty().Min(), counts.DefaultIfEmpty().Max())
    {
    }
}

/// <summary>
/// Orders drawn from a seed, the same ones for ever: after Fisher and Yates, by SplitMix64 (G. Steele, D. Lea, C. Flood, 2014).
/// </summary>
internal sealed class Shuffle(long seed)
{
    private ulong state = (ulong)seed;

    public void Mix<T>(T[] items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)(Next() % (ulong)(last + 1));
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
