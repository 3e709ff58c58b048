using Lectern.Courses.Rosters;

namespace Lectern.Courses.RosterImports;

/// <summary>
/// Leaves out what a roster may say and this product does not take from one, before it is planned: what cannot be stored as it
/// was said would show as a change on every night.
/// </summary>
internal static class RosterTrim
{
    internal static Roster Of(Roster said, RosterProblems problems)
    {
        var kept = new Roster();
        Take(said.Accounts, kept.Accounts, item => item with { Status = Here(item) });
        Take(said.Terms, kept.Terms, item => item with { Status = Here(item) });
        // A person is suspended and not erased by a file, chooses pronouns themselves, and signs in by a name this service never sees.
        Take(said.Users, kept.Users, item =>
            item with { LoginId = null, Pronouns = null, Status = item.Live ? item.Status : RosterStatus.Inactive });
        Take(said.Courses, kept.Courses, item => item);
        Take(said.Sections, kept.Sections, item => item with { Status = Here(item) });
        Take(said.CrossListings, kept.CrossListings, item => item with { Status = Here(item) });
        Take(said.Enrollments, kept.Enrollments, item => item);
        Take(said.GroupSets, kept.GroupSets, item => item with { AccountId = null, Status = Here(item) });
        Take(said.Groups, kept.Groups, item => item with { AccountId = null, Status = Here(item) });
        Take(said.GroupMembers, kept.GroupMembers, item => item with { Status = Here(item) });
        Take(said.Observers.Where(item => item.Live), kept.Observers, item => item with { Status = Here(item) });
        if (said.Observers.FirstOrDefault(item => !item.Live) is { } unlinked)
            problems.Warn(unlinked.Origin, null, "observer_end_ignored", "A file cannot end what a guardian sees. End it at the person.");
        if (said.Admins.FirstOrDefault() is { } admin)
            problems.Warn(admin.Origin, null, "admins_ignored", "A file cannot appoint administrators. Appoint them at the account.");
        return kept;

        // Only people, courses and enrolments can be anything between here and gone.
        static RosterStatus Here(RosterItem item) => item.Live ? RosterStatus.Active : RosterStatus.Deleted;

        void Take<T>(IEnumerable<T> from, RosterSet<T> to, Func<T, T> keep) where T : RosterItem
        {
            foreach (var item in from) to.Add(keep(item), problems);
        }
    }
}
