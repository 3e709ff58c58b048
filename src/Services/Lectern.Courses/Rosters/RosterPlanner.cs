namespace Lectern.Courses.Rosters;

/// <summary>
/// Makes a plan kind by kind. A statement whose references hold becomes a step, or nothing when it is already so; one that
/// names something unknown is a problem; one that names something being deleted falls with it.
/// </summary>
internal sealed class RosterPlanner
{
    private readonly Roster roster;
    private readonly RosterState state;
    private readonly RosterGuards guards;
    private readonly RosterProblems problems = new();
    private readonly List<RosterStep> steps = [];
    private readonly List<RosterTally> tallies = [];
    private readonly List<RosterHold> holds = [];
    private readonly RosterPeople people;
    private readonly RosterReferences references;

    internal RosterPlanner(Roster roster, RosterState state, RosterGuards guards)
    {
        (this.roster, this.state, this.guards) = (roster, state, guards);
        people = new RosterPeople(roster, state, problems);
        references = new RosterReferences(roster, state, problems);
    }

    internal RosterPlan Plan()
    {
        Each(RosterKind.Account, roster.Accounts, state.Accounts, references.Hold);
        Each(RosterKind.Term, roster.Terms, state.Terms, term => term);
        PlanUsers();
        Each(RosterKind.Course, roster.Courses, state.Courses, references.Hold);
        Each(RosterKind.Section, roster.Sections, state.Sections, references.Hold);
        Each(RosterKind.CrossListing, roster.CrossListings, state.CrossListings, references.Hold);
        Each(RosterKind.Enrollment, roster.Enrollments, state.Enrollments, references.Hold, item => item with
        {
            UserId = people.StoredKey(item.UserId),
            AssociatedUserId = item.AssociatedUserId is { } learner ? people.StoredKey(learner) : null,
        });
        Each(RosterKind.GroupSet, roster.GroupSets, state.GroupSets, references.Hold);
        Each(RosterKind.Group, roster.Groups, state.Groups, references.Hold);
        Each(RosterKind.GroupMember, roster.GroupMembers, state.GroupMembers, references.Hold,
            item => item with { UserId = people.StoredKey(item.UserId) });
        Each(RosterKind.Observer, roster.Observers, state.Observers, references.Hold,
            item => item with { ObserverId = people.StoredKey(item.ObserverId), LearnerId = people.StoredKey(item.LearnerId) });
        Each(RosterKind.Admin, roster.Admins, state.Admins, references.Hold, item => item with { UserId = people.StoredKey(item.UserId) });
        return new RosterPlan(steps, tallies, holds, problems);
    }

    private void Each<T>(
        RosterKind kind, RosterSet<T> said, IReadOnlyCollection<RosterKnown<T>> stored, Func<T, T?> hold, Func<T, T>? asStored = null)
        where T : RosterItem
    {
        var known = stored.ToDictionary(row => row.Item.Key, StringComparer.Ordinal);
        var tally = new RosterTally(kind, stored.Count(row => row.Item.Live), 0, 0, 0, 0);
        foreach (var item in said)
        {
            if (hold(item) is not { } held) continue;
            var found = known.GetValueOrDefault((asStored is null ? held : asStored(held)).Key);
            tally = Decide(tally, held, found?.Id, found?.Item, []);
        }
        Close(tally);
    }

    private void PlanUsers()
    {
        var tally = new RosterTally(RosterKind.User, state.Users.Count(row => row.Item.Live), 0, 0, 0, 0);
        foreach (var user in roster.Users)
        {
            var found = people.Find(user.UserId);
            IReadOnlyList<RosterChange> named = found is not null && RosterState.IsUnnamed(found.Item.UserId)
                ? [new RosterChange("sis_id", null, user.UserId)] : [];
            tally = Decide(tally, user, found?.Id, found?.Item, named);
        }
        KeepAnAdministrator();
        Close(tally);
    }

    /// <summary>Refuses the rows that together would leave nobody to administer the institution.</summary>
    private void KeepAnAdministrator()
    {
        var ended = steps.Where(step => step is { Item: RosterUser { Status: not RosterStatus.Active }, TargetId: { } id }
            && state.Administrators.Contains(id)).ToList();
        if (ended.Count == 0 || ended.Count < state.Administrators.Count) return;
        foreach (var step in ended)
            problems.Error(step.Item.Origin, "status", "last_administrator",
                $"{step.Item.Label} could no longer sign in, and nobody would be left to administer the institution.");
    }

    private RosterTally Decide(RosterTally tally, RosterItem said, long? id, RosterItem? stored, IReadOnlyList<RosterChange> more)
    {
        if (!said.Live)
        {
            if (stored is not { Live: true }) return tally with { Unchanged = tally.Unchanged + 1 };
            steps.Add(new RosterStep(RosterAction.Delete, said, id, []));
            return tally with { Deletes = tally.Deletes + 1 };
        }
        if (stored is null)
        {
            steps.Add(new RosterStep(RosterAction.Create, said, null, []));
            return tally with { Creates = tally.Creates + 1 };
        }
        var changes = Changes(said, stored, more);
        if (changes.Count == 0) return tally with { Unchanged = tally.Unchanged + 1 };
        steps.Add(new RosterStep(RosterAction.Update, said, id, changes));
        return tally with { Updates = tally.Updates + 1 };
    }

    private static List<RosterChange> Changes(RosterItem said, RosterItem stored, IReadOnlyList<RosterChange> more)
    {
        List<RosterChange>? changes = more.Count > 0 ? [.. more] : null;
        if (said.ChangesStatus(stored.Status)) (changes ??= []).Add(new RosterChange("status", Word(stored.Status), Word(said.Status)));
        var (news, olds) = (said.Values, stored.Values);
        for (var index = 0; index < news.Count; index++)
            if (news[index].Text is { } text && text != olds[index].Text)
                (changes ??= []).Add(new RosterChange(news[index].Field, olds[index].Text, text));
        return changes ?? [];
    }

    private void Close(RosterTally tally)
    {
        tallies.Add(tally);
        Guard(tally.Deletes, guards.DeletePercent, "deletes_many", "delete");
        Guard(tally.Updates, guards.ChangePercent, "changes_many", "change");

        void Guard(int touched, int percent, string code, string verb)
        {
            if ((long)touched * 100 > (long)tally.Stored * percent && tally.Stored > 0)
                holds.Add(new RosterHold(tally.Kind, code,
                    $"It would {verb} {touched:#,0} of {tally.Stored:#,0} ({tally.Kind}), more than {percent} %. " +
                    "Approve it if that is meant."));
        }
    }

    private static string Word(RosterStatus status) => status.ToString().ToLowerInvariant();
}
