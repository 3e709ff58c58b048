namespace Lectern.Courses.Rosters;

internal enum RosterFormat { Unknown, Canvas, OneRoster11, OneRoster12, Moodle }

/// <summary>Everything one import says, in the order it was said, each thing once.</summary>
internal sealed class Roster
{
    internal RosterSet<RosterAccount> Accounts { get; } = new();
    internal RosterSet<RosterTerm> Terms { get; } = new();
    internal RosterSet<RosterUser> Users { get; } = new();
    internal RosterSet<RosterCourse> Courses { get; } = new();
    internal RosterSet<RosterSection> Sections { get; } = new();
    internal RosterSet<RosterCrossListing> CrossListings { get; } = new();
    internal RosterSet<RosterEnrollment> Enrollments { get; } = new();
    internal RosterSet<RosterGroupSet> GroupSets { get; } = new();
    internal RosterSet<RosterGroup> Groups { get; } = new();
    internal RosterSet<RosterGroupMember> GroupMembers { get; } = new();
    internal RosterSet<RosterObserver> Observers { get; } = new();
    internal RosterSet<RosterAdmin> Admins { get; } = new();

    internal IEnumerable<RosterItem> Items =>
        Accounts.Cast<RosterItem>().Concat(Terms).Concat(Users).Concat(Courses).Concat(Sections).Concat(CrossListings)
            .Concat(Enrollments).Concat(GroupSets).Concat(Groups).Concat(GroupMembers).Concat(Observers).Concat(Admins);
}

/// <summary>The statements of one kind, by key. Saying the same twice is harmless; contradicting oneself is an error.</summary>
internal sealed class RosterSet<T> : IReadOnlyCollection<T> where T : RosterItem
{
    private readonly List<T> items = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    public int Count => items.Count;
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    internal T? Find(string key) => places.TryGetValue(key, out var place) ? items[place] : null;

    internal void Add(T item, RosterProblems problems)
    {
        if (places.TryAdd(item.Key, items.Count))
        {
            items.Add(item);
            return;
        }
        var place = places[item.Key];
        var earlier = items[place];
        var where = $"line {earlier.Origin.Line} of {earlier.Origin.File}";
        if ((earlier with { Origin = default }).Equals(item with { Origin = default }))
            problems.Warn(item.Origin, null, "row_repeated", $"{item.Label} is stated again exactly as in {where}.");
        else if (IsSeat(item.Kind) && earlier.Live != item.Live)
        {
            // Systems write a move as "deleted" and "active" rows for one seat, in either order: the person is there.
            if (item.Live) items[place] = item;
            problems.Warn(item.Origin, "status", "seat_repeated", $"{item.Label} is both deleted and present (see {where}); present wins.");
        }
        else
            problems.Error(item.Origin, null, "id_repeated", $"{item.Label} is stated differently in {where}. Keep one of the two rows.");
    }

    private static bool IsSeat(RosterKind kind) =>
        kind is RosterKind.Enrollment or RosterKind.GroupMember or RosterKind.Observer or RosterKind.Admin or RosterKind.CrossListing;
}
