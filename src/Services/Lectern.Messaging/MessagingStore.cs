using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Messaging.Calendar;
using Lectern.Messaging.Notifications;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Messaging;

/// <summary>All SQL of this service about notifications and calendars.</summary>
internal sealed class MessagingStore(TenantDb db)
{
    public Task Notify(IReadOnlyCollection<UserId> users, string kind, object facts, string? link, CancellationToken ct) => db.Execute($"""
        INSERT INTO notifications (tenant_id, user_id, kind, facts, link, created_at)
        SELECT {db.Tenant}, u, {kind}, {Sql.Json(facts)}, {link}, {db.Now} FROM unnest({users.ToArray()}) AS t(u)
        """, ct);

    public Task<List<Notification>> Notifications(UserId user, bool unreadOnly, PageRequest page, CancellationToken ct) =>
        db.Query<Notification>($"""
        SELECT notification_id, kind, facts, link, created_at, read_at FROM notifications
        WHERE tenant_id = {db.Tenant} AND user_id = {user} AND notification_id < {(page.AfterId == 0 ? long.MaxValue : page.AfterId)}
        {Sql.When(unreadOnly, $"AND read_at IS NULL")}
        ORDER BY notification_id DESC LIMIT {page.Rows}
        """, ct);

    public Task<long> Unread(UserId user, CancellationToken ct) => db.Get<long>(
        $"SELECT count(*) FROM notifications WHERE tenant_id = {db.Tenant} AND user_id = {user} AND read_at IS NULL", ct);

    public async Task<bool> MarkRead(UserId user, NotificationId notification, CancellationToken ct) => await db.Execute($"""
        UPDATE notifications SET read_at = COALESCE(read_at, {db.Now})
        WHERE tenant_id = {db.Tenant} AND user_id = {user} AND notification_id = {notification}
        """, ct) == 1;

    public Task<int> MarkAllRead(UserId user, CancellationToken ct) => db.Execute(
        $"UPDATE notifications SET read_at = {db.Now} WHERE tenant_id = {db.Tenant} AND user_id = {user} AND read_at IS NULL", ct);

    public Task<CourseCard?> Course(CourseId course, CancellationToken ct) => db.Find<CourseCard>($"""
        SELECT course_id, code, title, opens_at, closes_at FROM course_cards WHERE tenant_id = {db.Tenant} AND course_id = {course}
        """, ct);

    public Task<string?> PersonName(UserId user, CancellationToken ct) =>
        db.Value<string>($"SELECT name FROM people WHERE tenant_id = {db.Tenant} AND user_id = {user}", ct);

    public Task<string?> AssignmentTitle(AssignmentId assignment, CancellationToken ct) => db.Value<string>(
        $"SELECT title FROM assignment_cards WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment}", ct);

    /// <summary>Tells everybody who has an assignment and can still do it, where their course is open to them.</summary>
    public Task NotifyLearners(
        CourseId course, AssignmentId assignment, string kind, object facts, string link, CancellationToken ct) => db.Execute($"""
        INSERT INTO notifications (tenant_id, user_id, kind, facts, link, created_at)
        SELECT {db.Tenant}, a.user_id, {kind}, {Sql.Json(facts)}, {link}, {db.Now}
        FROM learner_assignments a
        JOIN course_cards c ON c.tenant_id = a.tenant_id AND c.course_id = a.course_id
        WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.assignment_id = {assignment}
            AND (a.due_at IS NULL OR a.due_at > {db.Now})
            AND c.opens_at <= {db.Now} AND (c.closes_at IS NULL OR c.closes_at > {db.Now})
        """, ct);

    public Task<List<UserId>> Instructors(CourseId course, CancellationToken ct) => db.Query<UserId>($"""
        SELECT DISTINCT m.user_id FROM course_members m
        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'instructor' AND m.state = 'active'
        """, ct);

    /// <summary>
    /// What stands in a person's calendar between two instants: of their courses and of the learners they observe. Learners see work by
    /// their own dates once the course is open to them; who teaches sees it by the assignment's.
    /// </summary>
    public Task<List<CalendarEvent>> Events(
        UserId person, UserId[] observed, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken ct) =>
        db.Query<CalendarEvent>($"""
        WITH seats AS MATERIALIZED (
            SELECT m.user_id, m.course_id, c.title, c.opens_at, c.closes_at, bool_and(m.role = 'learner') AS learns
            FROM course_members m
            JOIN course_cards c ON c.tenant_id = m.tenant_id AND c.course_id = m.course_id
            WHERE m.tenant_id = {db.Tenant} AND m.state = 'active'
                AND (m.user_id = {person} OR m.user_id = ANY ({observed}) AND m.role = 'learner')
            GROUP BY m.user_id, m.course_id, c.title, c.opens_at, c.closes_at)
        SELECT e.kind, e.title, e.starts_at, s.course_id, s.title AS course_title, e.assignment_id, p.user_id AS learner_id,
            p.name AS learner_name
        FROM seats s
        CROSS JOIN LATERAL (
            SELECT 'course_opens' AS kind, s.title, s.opens_at AS starts_at, NULL::bigint AS assignment_id
            UNION ALL SELECT 'course_closes', s.title, s.closes_at, NULL
            UNION ALL SELECT 'due', a.title, a.due_at, a.assignment_id FROM learner_assignments a
                WHERE s.learns AND s.opens_at <= {db.Now}
                    AND a.tenant_id = {db.Tenant} AND a.course_id = s.course_id AND a.user_id = s.user_id
            UNION ALL SELECT 'due', a.title, a.due_at, a.assignment_id FROM assignment_cards a
                WHERE NOT s.learns AND a.tenant_id = {db.Tenant} AND a.course_id = s.course_id) e
        LEFT JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = s.user_id AND s.user_id <> {person}
        WHERE e.starts_at >= {from} AND e.starts_at < {to}
        ORDER BY e.starts_at, s.course_id, e.kind, e.assignment_id, s.user_id LIMIT {limit}
        """, ct);
}

/// <summary>What a notice needs to know of a course.</summary>
internal sealed record CourseCard(CourseId CourseId, string Code, string Title, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt);
