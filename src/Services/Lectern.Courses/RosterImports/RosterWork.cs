using Lectern.Courses.Rosters;

namespace Lectern.Courses.RosterImports;

/// <summary>
/// A plan on its way into the database: its steps by kind, and the stored rows behind the ids of the roster, which grow as the
/// earlier kinds are written.
/// </summary>
internal sealed class RosterWork
{
    private readonly ILookup<RosterKind, RosterStep> steps;

    public RosterWork(PlannedRoster planned)
    {
        steps = planned.Plan!.Steps.ToLookup(step => step.Item.Kind);
        (State, LoginNames, Total) = (planned.State, planned.LoginNames, planned.Plan.Steps.Count);
        Accounts = Ids(State.Accounts);
        Terms = Ids(State.Terms);
        Users = State.Users.ToDictionary(row => row.Item.UserId, row => row.Id, StringComparer.Ordinal);
        Courses = Ids(State.Courses);
        Sections = Ids(State.Sections);
        GroupSets = Ids(State.GroupSets);
        Groups = Ids(State.Groups);
    }

    public RosterState State { get; }

    public IReadOnlyDictionary<string, string?> LoginNames { get; }

    public int Total { get; }

    public Dictionary<string, long> Accounts { get; }

    public Dictionary<string, long> Terms { get; }

    public Dictionary<string, long> Users { get; }

    public Dictionary<string, long> Courses { get; }

    public Dictionary<string, long> Sections { get; }

    public Dictionary<string, long> GroupSets { get; }

    public Dictionary<string, long> Groups { get; }

    public List<(RosterStep Step, T Item)> Of<T>(RosterKind kind, params ReadOnlySpan<RosterAction> actions) where T : RosterItem
    {
        var wanted = actions.ToArray();
        return [.. steps[kind].Where(step => wanted.Length == 0 || wanted.Contains(step.Action)).Select(step => (step, (T)step.Item))];
    }

    public static long? Find(Dictionary<string, long> ids, string? key) => key is not null && ids.TryGetValue(key, out var id) ? id : null;

    public static void Learn(Dictionary<string, long> ids, IEnumerable<Made> made)
    {
        foreach (var one in made) ids[one.SisId] = one.Id;
    }

    private static Dictionary<string, long> Ids<T>(IEnumerable<RosterKnown<T>> rows) where T : RosterItem =>
        rows.ToDictionary(row => row.Item.Key, row => row.Id, StringComparer.Ordinal);

    /// <summary>A row that was made, by the id the roster gave it.</summary>
    internal sealed record Made(long Id, string SisId);
}

/// <summary>One column of many rows, as an array that travels in one parameter.</summary>
internal static class Columns
{
    public static TValue[] Column<T, TValue>(this IEnumerable<(RosterStep Step, T Item)> rows, Func<T, TValue> value) where T
        : RosterItem =>
        [.. rows.Select(row => value(row.Item))];

    public static long[] Targets<T>(this IEnumerable<(RosterStep Step, T Item)> rows) where T : RosterItem =>
        [.. rows.Select(row => row.Step.TargetId!.Value)];

    public static DateTime?[] Instants<T>(this IEnumerable<(RosterStep Step, T Item)> rows, Func<T, DateTimeOffset?> value) where T
        : RosterItem =>
        [.. rows.Select(row => value(row.Item)?.UtcDateTime)];
}
