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
        CourseId course, SectionId section, IReadOnlyList<UserId> users, Role role, bool notify, CancellationToken ct, UserId? learner = null)
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
        foreach (var one in made)
            db.Raise(new PersonEnrolled(one.EnrollmentId, one.CourseId, one.SectionId, one.UserId, one.Role, notify));
        return made;
    }

    public Task<List<Enrollment>> Seats(SectionId section, UserId user, Role role, UserId? learner, CancellationToken ct) => db.Query<Enrollment>($"""
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
        var pattern = CourseStore.Contains(filter.Search!);
        return $"(lower(p.name) LIKE {pattern} OR lower(p.sortable_name) LIKE {pattern} {Sql.When(filter.Contacts, $"OR p.email_norm LIKE {pattern}")})";
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
            SELECT e.user_id, 'course:' || e.course_id AS scope, given.role, 'enrollment:' || e.enrollment_id AS source, given.starts_at, given.ends_at
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

    private const string Fields =
        "e.enrollment_id, e.course_id, e.section_id, e.user_id, e.role, e.associated_user_id, e.state, e.starts_at, e.ends_at, e.version";

    private const string Columns = "SELECT " + Fields + " FROM enrollments e";
}

/// <summary>Which people of a course are wanted, and how much of them may be shown.</summary>
internal sealed record EnrollmentFilter(Role? Role, SectionId? SectionId, string? Search, EnrollmentState[] States, bool Contacts);
