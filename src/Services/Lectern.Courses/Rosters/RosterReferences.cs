namespace Lectern.Courses.Rosters;

/// <summary>
/// Checks that what a row names exists, in the roster or already stored. A seat for nobody, or in no course, is an error;
/// a course under an unknown department or term is kept without it, with a warning.
/// </summary>
internal sealed class RosterReferences(Roster roster, RosterState state, RosterProblems problems)
{
    private enum Standing { Unknown, Deleted, Live }

    private readonly Dictionary<string, Standing> accounts = Standings(roster.Accounts, state.Accounts.Select(row => row.Item));
    private readonly Dictionary<string, Standing> terms = Standings(roster.Terms, state.Terms.Select(row => row.Item));
    private readonly Dictionary<string, Standing> users = Standings(roster.Users, state.Users.Select(row => row.Item));
    private readonly Dictionary<string, Standing> courses = Standings(roster.Courses, state.Courses.Select(row => row.Item));
    private readonly Dictionary<string, Standing> sections = Standings(roster.Sections, state.Sections.Select(row => row.Item));
    private readonly Dictionary<string, Standing> groupSets = Standings(roster.GroupSets, state.GroupSets.Select(row => row.Item));
    private readonly Dictionary<string, Standing> groups = Standings(roster.Groups, state.Groups.Select(row => row.Item));
    private readonly Dictionary<string, string> homes = Pairs(roster.Sections, state.Sections, section => section.CourseId);
    private readonly Dictionary<string, string> crossings = Pairs(roster.CrossListings, state.CrossListings, crossing => crossing.CourseId);
    private readonly Dictionary<string, string?> parents = state.Accounts.Where(row => row.Item.Live)
        .ToDictionary(row => row.Item.AccountId, row => row.Item.ParentAccountId, StringComparer.Ordinal);
    private bool parentsSaid;

    internal RosterAccount? Hold(RosterAccount account)
    {
        if (!account.Live) return account;
        var held = account with { ParentAccountId = Optional(account, "parent_account_id", accounts, account.ParentAccountId) };
        if (!IsUnderItself(held)) return held;
        problems.Error(account.Origin, "parent_account_id", "account_cycle", $"{account.Label} would stand under itself.");
        return null;
    }

    internal RosterCourse? Hold(RosterCourse course) => !course.Live ? course : course with
    {
        AccountId = Optional(course, "account_id", accounts, course.AccountId),
        TermId = Optional(course, "term_id", terms, course.TermId),
    };

    internal RosterSection? Hold(RosterSection section) =>
        !section.Live || Required(section, "course_id", courses, section.CourseId) ? section : null;

    internal RosterCrossListing? Hold(RosterCrossListing crossing) =>
        !crossing.Live || Required(crossing, "section_id", sections, crossing.SectionId)
            & Required(crossing, "xlist_course_id", courses, crossing.CourseId)
            ? crossing : null;

    internal RosterEnrollment? Hold(RosterEnrollment enrollment)
    {
        if (!enrollment.Live) return enrollment;
        var sound = Required(enrollment, "user_id", users, enrollment.UserId)
            & (enrollment.SectionId is not { } section || Required(enrollment, "section_id", sections, section))
            & (enrollment.CourseId is not { } course || Required(enrollment, "course_id", courses, course))
            & (enrollment.AssociatedUserId is not { } learner || Required(enrollment, "associated_user_id", users, learner));
        if (!sound) return null;
        return enrollment.SectionId is null ? enrollment : InSection(enrollment, enrollment.SectionId);
    }

    internal RosterGroupSet? Hold(RosterGroupSet set) => !set.Live ? set : set.CourseId is { } course
        ? Required(set, "course_id", courses, course) ? set : null
        : set with { AccountId = Optional(set, "account_id", accounts, set.AccountId) };

    internal RosterGroup? Hold(RosterGroup group)
    {
        if (!group.Live) return group;
        var sound = (group.GroupSetId is not { } set || Required(group, "group_category_id", groupSets, set))
            & (group.CourseId is not { } course || Required(group, "course_id", courses, course));
        return sound ? group with { AccountId = Optional(group, "account_id", accounts, group.AccountId) } : null;
    }

    internal RosterGroupMember? Hold(RosterGroupMember member) =>
        !member.Live || Required(member, "group_id", groups, member.GroupId) & Required(member, "user_id", users, member.UserId)
            ? member : null;

    internal RosterObserver? Hold(RosterObserver observer) =>
        !observer.Live || Required(observer, "observer_id", users, observer.ObserverId)
            & Required(observer, "student_id", users, observer.LearnerId)
            ? observer : null;

    internal RosterAdmin? Hold(RosterAdmin admin) => !admin.Live || Required(admin, "user_id", users, admin.UserId)
        & (admin.AccountId is not { } account || Required(admin, "account_id", accounts, account)) ? admin : null;

    // A cross-listed section is taught in another course than its own, and files name either.
    private RosterEnrollment? InSection(RosterEnrollment enrollment, string section)
    {
        var (home, crossed) = (homes.GetValueOrDefault(section), crossings.GetValueOrDefault(section));
        if (enrollment.CourseId is not { } course || course == home || course == crossed)
            return enrollment with { CourseId = crossed ?? home };
        problems.Error(enrollment.Origin, "section_id", "section_elsewhere",
            $"Section {section} belongs to course {home}, not to {course}.");
        return null;
    }

    private bool Required(RosterItem item, string column, Dictionary<string, Standing> known, string id)
    {
        var standing = known.GetValueOrDefault(id);
        if (standing == Standing.Live) return true;
        if (standing == Standing.Deleted)
            problems.Warn(item.Origin, column, "reference_deleted", $"{id} is deleted, so this row was left out.");
        else
            problems.Error(item.Origin, column, "reference_unknown", $"{id} is neither in the file nor known here.");
        return false;
    }

    private string? Optional(RosterItem item, string column, Dictionary<string, Standing> known, string? id)
    {
        if (id is null || known.GetValueOrDefault(id) == Standing.Live) return id;
        problems.Warn(item.Origin, column, "reference_unknown",
            $"{id} is neither in the file nor known here, so {item.Label} is kept without it.");
        return null;
    }

    private bool IsUnderItself(RosterAccount account)
    {
        if (!parentsSaid)
        {
            foreach (var said in roster.Accounts.Where(said => said.Live && said.ParentAccountId is not null))
                parents[said.AccountId] = said.ParentAccountId;
            parentsSaid = true;
        }
        var above = account.ParentAccountId;
        for (var steps = 0; above is not null && steps <= parents.Count; steps++)
        {
            if (above == account.AccountId) return true;
            above = parents.GetValueOrDefault(above);
        }
        return false;
    }

    private static Dictionary<string, Standing> Standings<T>(RosterSet<T> said, IEnumerable<T> stored) where T : RosterItem
    {
        var standings = new Dictionary<string, Standing>(StringComparer.Ordinal);
        foreach (var item in stored.Concat(said)) standings[item.Key] = item.Live ? Standing.Live : Standing.Deleted;
        return standings;
    }

    private static Dictionary<string, string> Pairs<T>(RosterSet<T> said, IEnumerable<RosterKnown<T>> stored, Func<T, string> other)
        where T : RosterItem
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in stored.Select(row => row.Item).Concat(said))
        {
            if (item.Live) pairs[item.Key] = other(item);
            else pairs.Remove(item.Key);
        }
        return pairs;
    }
}
