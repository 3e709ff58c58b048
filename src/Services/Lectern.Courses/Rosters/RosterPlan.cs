namespace Lectern.Courses.Rosters;

internal enum RosterAction { Create, Update, Delete }

internal sealed record RosterChange(string Field, string? From, string? To);

/// <summary>One thing to do: what the roster says, the stored row it is about, and for an update what changes.</summary>
internal sealed record RosterStep(RosterAction Action, RosterItem Item, long? TargetId, IReadOnlyList<RosterChange> Changes);

internal sealed record RosterTally(RosterKind Kind, int Stored, int Creates, int Updates, int Deletes, int Unchanged);

/// <summary>A reason to wait for somebody's approval, in their words.</summary>
internal sealed record RosterHold(RosterKind Kind, string Code, string Because);

/// <summary>
/// Shares of what is stored that an import may touch unasked. A wrong export is a file with half the rows or with one
/// column moved, and both show as far more deletions or changes than a night brings.
/// </summary>
internal sealed record RosterGuards(int DeletePercent = 5, int ChangePercent = 20);

/// <summary>What an import would do, before it does it. The same roster planned on its own result has no steps.</summary>
internal sealed record RosterPlan(
    IReadOnlyList<RosterStep> Steps, IReadOnlyList<RosterTally> Tallies, IReadOnlyList<RosterHold> Holds, RosterProblems Problems)
{
    internal bool Refused => Problems.Refuses;
    internal bool Held => Holds.Count > 0;
    internal bool ChangesNothing => Steps.Count == 0;

    internal RosterTally Tally(RosterKind kind) => Tallies.Single(tally => tally.Kind == kind);

    /// <summary>A few steps of a kind for the preview, spread over all of them: the first ones alone are all from one school.</summary>
    internal IReadOnlyList<RosterStep> Sample(RosterKind kind, RosterAction action, int size = 5)
    {
        var steps = Steps.Where(step => step.Item.Kind == kind && step.Action == action).ToList();
        return steps.Count <= size ? steps : [.. Enumerable.Range(0, size).Select(index => steps[(int)((long)index * steps.Count / size)])];
    }

    /// <summary>Plans a roster against what is stored. Pure: it reads no clock and no database.</summary>
    internal static RosterPlan Make(Roster roster, RosterState state, RosterGuards? guards = null) =>
        new RosterPlanner(roster, state, guards ?? new RosterGuards()).Plan();
}
