namespace Lectern.Courses.Rosters;

/// <summary>
/// Something that is stored, said in the words of a roster. What has no id of the student information system goes under
/// <see cref="RosterState.Unnamed"/>, in its own key and wherever others name it.
/// </summary>
internal sealed record RosterKnown<T>(long Id, T Item) where T : RosterItem;

internal sealed record RosterKnownUser(long Id, RosterUser Item, bool EmailVerified);

/// <summary>
/// What an institution holds before an import, deleted things that can come back included. The default section of a
/// course is null in its enrolments, as it is in a roster.
/// </summary>
internal sealed record RosterState
{
    internal static readonly RosterState Empty = new();

    public IReadOnlyCollection<RosterKnown<RosterAccount>> Accounts { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterTerm>> Terms { get; init; } = [];
    public IReadOnlyCollection<RosterKnownUser> Users { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterCourse>> Courses { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterSection>> Sections { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterCrossListing>> CrossListings { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterEnrollment>> Enrollments { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterGroupSet>> GroupSets { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterGroup>> Groups { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterGroupMember>> GroupMembers { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterObserver>> Observers { get; init; } = [];
    public IReadOnlyCollection<RosterKnown<RosterAdmin>> Admins { get; init; } = [];

    /// <summary>Active people who administer the whole institution.</summary>
    public IReadOnlySet<long> Administrators { get; init; } = new HashSet<long>();

    // No file can hold this character in an id, so a stored thing without an id is never taken for one with.
    internal static string Unnamed(long id) => $"\u0001{id}";
    internal static bool IsUnnamed(string key) => key.StartsWith('\u0001');
}
