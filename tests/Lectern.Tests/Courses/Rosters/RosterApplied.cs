using Lectern.Courses.Rosters;

namespace Lectern.Tests.Courses.Rosters;

/// <summary>What is stored after a plan was carried out: the model against which a second plan must find nothing to do.</summary>
internal static class RosterApplied
{
    internal static RosterState Apply(this RosterState state, RosterPlan plan)
    {
        var people = Users(state, plan);
        return new RosterState
        {
            Users = people, Accounts = Rows(state.Accounts, plan), Terms = Rows(state.Terms, plan), Courses = Rows(state.Courses, plan),
            Sections = Rows(state.Sections, plan), CrossListings = Rows(state.CrossListings, plan),
            Enrollments = Rows(state.Enrollments, plan),
            GroupSets = Rows(state.GroupSets, plan), Groups = Rows(state.Groups, plan), GroupMembers = Rows(state.GroupMembers, plan),
            Observers = Rows(state.Observers, plan), Admins = Rows(state.Admins, plan),
        };
    }

    private static List<RosterKnownUser> Users(RosterState state, RosterPlan plan)
    {
        var verified = state.Users.ToDictionary(user => user.Id, user => user.EmailVerified);
        return [.. Rows([.. state.Users.Select(user => new RosterKnown<RosterUser>(user.Id, user.Item))], plan)
            .Select(row => new RosterKnownUser(row.Id, row.Item, verified.GetValueOrDefault(row.Id)))];
    }

    private static List<RosterKnown<T>> Rows<T>(IReadOnlyCollection<RosterKnown<T>> stored, RosterPlan plan) where T : RosterItem
    {
        var rows = stored.ToDictionary(row => row.Id, row => row.Item);
        var next = rows.Keys.DefaultIfEmpty(100).Max();
        foreach (var step in plan.Steps.Where(step => step.Item is T))
            switch (step.Action)
            {
                case RosterAction.Create: rows.Add(++next, (T)step.Item); break;
                case RosterAction.Update: rows[step.TargetId!.Value] = Merged(rows[step.TargetId.Value], (T)step.Item); break;
                case RosterAction.Delete:
                    rows[step.TargetId!.Value] = rows[step.TargetId.Value] with { Status = RosterStatus.Deleted };
                    break;
            }
        return [.. rows.Select(row => new RosterKnown<T>(row.Key, row.Value))];
    }

    // A null says nothing, so what is stored stays.
    private static T Merged<T>(T stored, T said) where T : RosterItem
    {
        var merged = said with { Status = said.ChangesStatus(stored.Status) ? said.Status : stored.Status };
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && property.GetValue(said) is null))
            property.SetValue(merged, property.GetValue(stored));
        return merged;
    }
}
