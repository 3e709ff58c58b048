using Lectern.Contracts.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Rosters;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>Writes the enrolments of a roster with all they grant: a handful of statements for ten thousand seats.</summary>
internal sealed class RosterSeatWriter(TenantDb db, EnrollmentStore enrollments)
{
    public async Task Enrollments(RosterWork work, bool notify, CancellationToken ct)
    {
        var own = (await db.Query<Default>($"SELECT home_course_id, section_id FROM sections WHERE tenant_id = {db.Tenant} AND is_default",
            ct))
            .ToDictionary(row => row.HomeCourseId, row => row.SectionId);
        var created = work.Of<RosterEnrollment>(RosterKind.Enrollment, RosterAction.Create);
        long Section(RosterEnrollment item) => item.SectionId is { } named ? work.Sections[named] : own[work.Courses[item.CourseId!]];
        var made = await db.Query<Enrollment>($"""
            INSERT INTO enrollments AS e (tenant_id, course_id, section_id, user_id, role, associated_user_id, state, starts_at, ends_at,
                created_at)
            SELECT {db.Tenant}, s.course_id, t.section, t.person, t.role, t.learner, t.state, t.starts, t.ends, {db.Now}
            FROM unnest({created.Column(Section)},
                        {created.Column(item => work.Users[item.UserId])}, {created.Column(item => Enum.Parse<Role>(item.Role.ToString()))},
                        {created.Column(item => RosterWork.Find(work.Users, item.AssociatedUserId))},
                        {created.Column(item => State(item.Status))},
                        {created.Instants(item => item.StartsAt)}, {created.Instants(item => item.EndsAt)})
                 AS t(section, person, role, learner, state, starts, ends)
            JOIN sections s ON s.tenant_id = {db.Tenant} AND s.section_id = t.section
            ON CONFLICT (tenant_id, section_id, user_id, role, associated_user_id) DO UPDATE
            SET state = excluded.state, starts_at = COALESCE(excluded.starts_at, e.starts_at),
                ends_at = COALESCE(excluded.ends_at, e.ends_at), ended_at = NULL,
                version = e.version + 1
            RETURNING {Sql.Raw(EnrollmentStore.Fields)}
            """, ct);
        var changed = work.Of<RosterEnrollment>(RosterKind.Enrollment, RosterAction.Update);
        var written = await db.Query<Enrollment>($"""
            UPDATE enrollments e SET state = t.state, starts_at = COALESCE(t.starts, e.starts_at), ends_at = COALESCE(t.ends, e.ends_at),
                ended_at = NULL,
                   version = e.version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => State(item.Status))}, {changed.Instants(item => item.StartsAt)},
                        {changed.Instants(item => item.EndsAt)}) AS t(id, state, starts, ends)
            WHERE e.tenant_id = {db.Tenant} AND e.enrollment_id = t.id
            RETURNING {Sql.Raw(EnrollmentStore.Fields)}
            """, ct);
        await enrollments.SyncGrants([.. made, .. written], ct);
        Tell(made, written, changed, notify);
        await enrollments.Remove(
            [.. work.Of<RosterEnrollment>(RosterKind.Enrollment, RosterAction.Delete).Targets().Select(id => new EnrollmentId(id))], ct);
    }

    private void Tell(List<Enrollment> made, List<Enrollment> written, List<(RosterStep Step, RosterEnrollment Item)> changed, bool notify)
    {
        var before = changed.ToDictionary(
            one => one.Step.TargetId!.Value, one => one.Step.Changes.FirstOrDefault(change => change.Field == "status")?.From);
        var moved = written.FindAll(one => before[one.EnrollmentId.Value] is not null);
        enrollments.Came([.. made.Concat(moved).Where(one => one.State is EnrollmentState.Active)], notify);
        foreach (var one in moved.Where(one => one.State is not EnrollmentState.Active && before[one.EnrollmentId.Value] == "active"))
            enrollments.Gone(one);
    }

    private static EnrollmentState State(RosterStatus status) => status switch
    {
        RosterStatus.Inactive => EnrollmentState.Inactive,
        RosterStatus.Completed => EnrollmentState.Completed,
        _ => EnrollmentState.Active,
    };

    private sealed record Default(long HomeCourseId, long SectionId);
}
