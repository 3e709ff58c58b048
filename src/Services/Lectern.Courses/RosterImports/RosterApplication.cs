using Lectern.Courses.Rosters;
using Lectern.Platform.Jobs;

namespace Lectern.Courses.RosterImports;

/// <summary>Carries out a plan, kind by kind, in the order in which one names the other. All of it is one transaction.</summary>
internal sealed class RosterApplication(RosterPeopleWriter people, RosterCourseWriter courses, RosterSectionWriter sections,
    RosterSeatWriter seats, RosterGroupWriter groups)
{
    public async Task Apply(PlannedRoster planned, bool notify, JobProgress progress, CancellationToken ct)
    {
        var work = new RosterWork(planned);
        (RosterKind Kind, Func<Task> Write)[] order =
        [
            (RosterKind.Account, () => people.Accounts(work, ct)),
            (RosterKind.Term, () => courses.Terms(work, ct)),
            (RosterKind.User, () => people.Users(work, ct)),
            (RosterKind.Course, () => courses.Courses(work, ct)),
            (RosterKind.Section, () => sections.Sections(work, ct)),
            (RosterKind.CrossListing, () => sections.CrossListings(work, ct)),
            (RosterKind.Enrollment, () => seats.Enrollments(work, notify, ct)),
            (RosterKind.GroupSet, () => groups.GroupSets(work, ct)),
            (RosterKind.Group, () => groups.Groups(work, ct)),
            (RosterKind.GroupMember, () => groups.Members(work, ct)),
            (RosterKind.Observer, () => people.Observers(work, ct)),
        ];
        var done = 0;
        foreach (var (kind, write) in order)
        {
            var count = work.Of<RosterItem>(kind).Count;
            if (count == 0) continue;
            await write();
            await progress.At(done += count, work.Total, ct);
        }
    }
}
