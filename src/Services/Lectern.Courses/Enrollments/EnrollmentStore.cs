using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.Enrollments;

/// <summary>The rows of enrolments, and what each lets a person do: rows, grants and events change together.</summary>
internal sealed class EnrollmentStore(TenantDb db, Grants grants)
{
    public Task<Enrollment?> Find(EnrollmentId enrollment, CancellationToken ct) => db.Find<Enrollment>($"""
        {Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.enrollment_id = {enrollment} AND e.state <> 'deleted'
        """, ct);

    /// <summary>
    /// Enrols people in a section and answers who is new there. One who was taken out comes back with the seat they had; one who is
    /// in already stays as they are.
    /// </summary>
    public async Task<List<Enrollment>> Enroll(
        CourseId course, SectionId section, IReadOnlyList<UserId> users, Role role, bool notify, CancellationToken ct,
        UserId? learner = null)
    {
        await db.Begin(ct);
        var made = await db.Query<Enrollment>($"""
            INSERT INTO enrollments AS e (tenant_id, course_id, section_id, user_id, role, associated_user_id, created_at)
            SELECT {db.Tenant}, {course}, {section}, u, {role}, {learner}::bigint, {db.Now} FROM unnest({users.Distinct().ToArray()}) AS u
            ON CONFLICT (tenant_id, section_id, user_id, role, associated_user_id) DO UPDATE
            SET state = 'active', ended_at = NULL, starts_at = NULL, ends_at = NULL, version = e.version + 1
            WHERE e.state <> 'active'
            RETURNING {Sql.Raw(Fields)}
            """, ct);
        await SyncGrants(made, ct);
        Came(made, notify);
        return made;
    }

    /// <summary>Writes a changed enrolment, and tells others when it means coming or going; false when somebody else was faster.</summary>
    public async Task<bool> Change(Enrollment before, Enrollment after, int seen, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE enrollments SET role = {after.Role}, section_id = {after.SectionId}, state = {after.State},
                starts_at = {after.StartsAt}::timestamptz,
                   ends_at = {after.EndsAt}::timestamptz, version = version + 1
            WHERE tenant_id = {db.Tenant} AND enrollment_id = {before.EnrollmentId} AND version = {seen} AND state <> 'deleted'
            """, ct);
        if (changed == 0) return false;
        await SyncGrants([after], ct);
        if ((before.State, before.Role, before.SectionId) == (after.State, after.Role, after.SectionId)) return true;
        if (before.State is EnrollmentState.Active) Gone(before);
        if (after.State is EnrollmentState.Active) Came([after], notify: false);
        await LeaveGroups(before.CourseId, [before.UserId], ct);
        return true;
    }

    /// <summary>Takes people out and answers what ended; seats already taken back are passed over.</summary>
    public async Task<List<Enrollment>> Remove(IReadOnlyList<EnrollmentId> enrollments, CancellationToken ct)
    {
        if (enrollments.Count == 0) return [];
        await db.Begin(ct);
        var ended = await db.Query<Enrollment>($"""
            UPDATE enrollments e SET state = 'deleted', ended_at = {db.Now}, version = version + 1
            WHERE e.tenant_id = {db.Tenant} AND e.enrollment_id = ANY ({enrollments.ToArray()}) AND e.state <> 'deleted'
            RETURNING {Sql.Raw(Fields)}
            """, ct);
        await SyncGrants(ended, ct);
        ended.ForEach(Gone);
        foreach (var course in ended.GroupBy(one => one.CourseId)) await LeaveGroups(course.Key, [.. course.Select(one => one.UserId)], ct);
        return ended;
    }

    public Task<List<Enrollment>> InSection(SectionId section, CancellationToken ct) => db.Query<Enrollment>($"""
        {Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.section_id = {section} AND e.state <> 'deleted' ORDER BY e.enrollment_id
        """, ct);

    /// <summary>After a section went from one course to another: its people go with it, in rows, grants and gradebooks.</summary>
    public async Task FollowSection(SectionId section, CourseId from, CourseId to, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE enrollments SET course_id = {to} WHERE tenant_id = {db.Tenant} AND section_id = {section} AND course_id <> {to}
            """, ct);
        var moved = await InSection(section, ct);
        await SyncGrants(moved, ct);
        var active = moved.FindAll(one => one.State is EnrollmentState.Active);
        foreach (var one in active) Gone(one with { CourseId = from });
        Came(active, notify: false);
        await LeaveGroups(from, [.. moved.Select(one => one.UserId)], ct);
    }

    /// <summary>Groups hold learners of their course only: who is none any more leaves them.</summary>
    private Task LeaveGroups(CourseId course, IReadOnlyList<UserId> users, CancellationToken ct) => db.Execute($"""
        DELETE FROM group_members m USING group_sets s
        WHERE m.tenant_id = {db.Tenant} AND s.tenant_id = {db.Tenant} AND s.group_set_id = m.group_set_id AND s.course_id = {course}
          AND m.user_id = ANY ({users.ToArray()}) AND NOT EXISTS (
              SELECT 1 FROM enrollments e WHERE e.tenant_id = {db.Tenant} AND e.course_id = {course} AND e.user_id = m.user_id
              AND e.role = 'learner' AND e.state = 'active')
        """, ct);

    /// <summary>Tells others who came in: one by one when they are to be told themselves, by the course when not.</summary>
    public void Came(IReadOnlyCollection<Enrollment> people, bool notify)
    {
        if (notify)
        {
            foreach (var one in people) db.Raise(new PersonEnrolled(one.EnrollmentId, one.CourseId, one.SectionId, one.UserId, one.Role));
            return;
        }

        foreach (var course in people.GroupBy(one => one.CourseId))
        foreach (var crowd in course.Chunk(PeopleEnrolled.Most))
        {
            var who = Array.ConvertAll(crowd, one => new EnrolledPerson(one.EnrollmentId, one.SectionId, one.UserId, one.Role));
            db.Raise(new PeopleEnrolled(course.Key, who));
        }
    }

    public void Gone(Enrollment one) => db.Raise(new PersonUnenrolled(one.EnrollmentId, one.CourseId, one.SectionId, one.UserId, one.Role));

    public Task<List<Enrollment>> Seats(SectionId section, UserId user, Role role, UserId? learner, CancellationToken ct) =>
        db.Query<Enrollment>($"""
        {Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.section_id = {section} AND e.user_id = {user} AND e.role = {role}
        AND e.associated_user_id IS NOT DISTINCT FROM {learner}::bigint
        """, ct);

    /// <summary>The people of a course by sortable name, joined with Identity's published view.</summary>
    public Task<List<EnrollmentListed>> List(CourseId course, EnrollmentFilter filter, PageRequest page, CancellationToken ct)
    {
        var (afterName, afterId) = page.AfterKey;
        return db.Query<EnrollmentListed>($"""
            SELECT e.enrollment_id, e.user_id, p.name, p.sortable_name, p.pronouns, p.avatar_file_id,
                   CASE WHEN {filter.Contacts} THEN p.email END AS email, CASE WHEN {filter.Contacts} THEN p.sis_id END AS sis_id,
                   e.role, e.state, e.section_id, s.name AS section_name, e.associated_user_id, e.starts_at, e.ends_at, e.version
            FROM enrollments e
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = e.user_id
            JOIN sections s ON s.tenant_id = {db.Tenant} AND s.section_id = e.section_id
            WHERE e.tenant_id = {db.Tenant} AND e.course_id = {course} AND (p.sortable_name, e.enrollment_id) > ({afterName}, {afterId})
              AND e.state = ANY ({filter.States})
              {Sql.When(filter.Role is not null, $"AND e.role = {filter.Role}")}
              {Sql.When(filter.SectionId is not null, $"AND e.section_id = {filter.SectionId}")}
              {Sql.When(filter.Search is not null, $"AND {Search(filter)}")}
            ORDER BY p.sortable_name, e.enrollment_id LIMIT {page.Rows}
            """, ct);
    }

    private static Sql Search(EnrollmentFilter filter)
    {
        var pattern = CourseStore.Contains(filter.Search ?? string.Empty);
        var byAddress = Sql.When(filter.Contacts, $"OR p.email_norm LIKE {pattern}");
        return $"(lower(p.name) LIKE {pattern} OR lower(p.sortable_name) LIKE {pattern} {byAddress})";
    }

    /// <summary>
    /// Makes the grants of these enrolments what they now should be. Section dates narrow a learner's time, an enrolment's own dates
    /// anybody's; when a learner's time is over, or the seat is completed, they may still read.
    /// </summary>
    public Task SyncGrants(IReadOnlyList<Enrollment> enrollments, CancellationToken ct)
    {
        if (enrollments.Count == 0) return Task.CompletedTask;
        var ids = enrollments.Select(one => one.EnrollmentId).ToArray();
        return grants.Sync(
            [.. enrollments.Select(one => one.UserId)], [.. enrollments.Select(one => $"enrollment:{one.EnrollmentId.Value}")],
            $"""
            SELECT e.user_id, 'course:' || e.course_id AS scope, given.role, 'enrollment:' || e.enrollment_id AS source, given.starts_at,
                given.ends_at
            FROM enrollments e
            JOIN sections s ON s.tenant_id = {db.Tenant} AND s.section_id = e.section_id AND s.state = 'active'
            JOIN courses c ON c.tenant_id = {db.Tenant} AND c.course_id = e.course_id AND c.status <> 'deleted'
            CROSS JOIN LATERAL (SELECT GREATEST(s.starts_at, e.starts_at) AS first, LEAST(s.ends_at, e.ends_at) AS last) w
            CROSS JOIN LATERAL (VALUES
                (e.role <> 'learner' AND e.state = 'active', e.role, e.starts_at, e.ends_at),
                (e.role = 'learner' AND e.state = 'active', 'learner', w.first, w.last),
                (e.role = 'learner' AND e.state = 'active' AND w.last IS NOT NULL, 'past_learner', w.last, NULL::timestamptz),
                (e.role = 'learner' AND e.state = 'completed', 'past_learner', NULL::timestamptz, NULL::timestamptz)
            ) AS given(applies, role, starts_at, ends_at)
            WHERE e.tenant_id = {db.Tenant} AND e.enrollment_id = ANY ({ids}) AND given.applies
            """, ct);
    }

    internal const string Fields =
        "e.enrollment_id, e.course_id, e.section_id, e.user_id, e.role, e.associated_user_id, e.state, e.starts_at, e.ends_at, e.version";

    private const string Columns = "SELECT " + Fields + " FROM enrollments e";
}

/// <summary>Which people of a course are wanted, and how much of them may be shown.</summary>
internal sealed record EnrollmentFilter(Role? Role, SectionId? SectionId, string? Search, EnrollmentState[] States, bool Contacts);
