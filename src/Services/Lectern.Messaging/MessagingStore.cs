using Lectern.Contracts.Courses;
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

    /// <summary>Puts an event into calendars, or moves the one its source put there before.</summary>
    public Task PutEvent(CalendarEntry entry, CancellationToken ct) => db.Execute($"""
        INSERT INTO calendar_events (tenant_id, source, course_id, user_id, kind, title, starts_at, link)
        VALUES ({db.Tenant}, {entry.Source}, {entry.Course}, {entry.User?.Value}::bigint, {entry.Kind}, {entry.Title}, {entry.StartsAt},
                {entry.Link})
        ON CONFLICT (tenant_id, source, COALESCE(user_id, 0), kind) DO UPDATE
        SET title = excluded.title, starts_at = excluded.starts_at, link = excluded.link, course_id = excluded.course_id
        """, ct);

    public Task RemoveEvents(string source, UserId? user, CancellationToken ct) => db.Execute($"""
        DELETE FROM calendar_events WHERE tenant_id = {db.Tenant} AND source = {source}
        {Sql.When(user is not null, $"AND user_id = {user?.Value}::bigint")}
        """, ct);

    /// <summary>What a person's calendar shows between two instants: their courses' events and their own.</summary>
    public Task<List<CalendarEvent>> Events(UserId user, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        db.Query<CalendarEvent>($"""
        SELECT e.calendar_event_id, e.kind, e.title, e.starts_at, e.link, e.course_id, c.title AS course_title
        FROM calendar_events e
        JOIN course_cards c ON c.tenant_id = {db.Tenant} AND c.course_id = e.course_id
        WHERE e.tenant_id = {db.Tenant} AND e.starts_at >= {from} AND e.starts_at < {to}
          AND (e.user_id = {user} OR (e.user_id IS NULL AND e.course_id IN (
              SELECT m.course_id FROM course_members m JOIN course_cards o ON o.tenant_id = {db.Tenant} AND o.course_id = m.course_id
              WHERE m.tenant_id = {db.Tenant} AND m.user_id = {user} AND m.state = 'active'
                AND (m.role <> 'learner' OR o.opens_at <= {db.Now}))))
        ORDER BY e.starts_at, e.calendar_event_id LIMIT 1000
        """, ct);
}

/// <summary>What a notice needs to know of a course.</summary>
internal sealed record CourseCard(CourseId CourseId, string Code, string Title, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt);
