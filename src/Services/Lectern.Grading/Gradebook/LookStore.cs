using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Calculation;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>When each grader last looked at a gradebook, and what others have changed in it since.</summary>
internal sealed class LookStore(TenantDb db, Actor actor)
{
    public const int MostChanges = 200;

    private const int MostRecalculations = 50;

    /// <summary>An entry being written while somebody leaves is told of again rather than never; clocks may differ as much.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    public Task<DateTimeOffset?> Last(CourseId course, CancellationToken ct) => db.Value<DateTimeOffset?>($"""
        SELECT l.looked_at FROM gradebook_looks l
        WHERE l.tenant_id = {db.Tenant} AND l.course_id = {course} AND l.user_id = {actor.Person}
        """, ct);

    public Task<GradebookCheck?> LastCheck(CourseId course, CancellationToken ct) => db.Find<GradebookCheck>($"""
        SELECT c.compared, c.different, c.checked_at FROM gradebook_checks c WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course}
        """, ct);

    public Task Record(CourseId course, CancellationToken ct) => db.Execute($"""
        INSERT INTO gradebook_looks AS l (tenant_id, course_id, user_id, looked_at)
        VALUES ({db.Tenant}, {course}, {actor.Person}, {db.Now})
        ON CONFLICT (tenant_id, course_id, user_id) DO UPDATE SET looked_at = GREATEST(l.looked_at, excluded.looked_at)
        """, ct);

    /// <summary>The cells whose value others have changed, the latest first; not what only became seen or hidden.</summary>
    public async Task<GradebookNews> News(CourseId course, DateTimeOffset since, CancellationToken ct)
    {
        var from = since - Overlap;
        var found = await db.Query<ChangedCell>($"""
            SELECT c.assignment_id, c.user_id, b.entered_score AS score_before, COALESCE(b.status, 'computed') AS status_before,
                g.entered_score AS score_now, g.status AS status_now, c.actor_id, p.name AS actor_name, c.at
            FROM (
                SELECT DISTINCT ON (e.assignment_id, e.user_id) e.assignment_id, e.user_id, e.actor_id, e.at
                FROM grade_entries e
                WHERE e.tenant_id = {db.Tenant} AND e.course_id = {course} AND e.at > {from} AND e.kind <> 'posting'
                    AND e.actor_id IS DISTINCT FROM {actor.Person}
                ORDER BY e.assignment_id, e.user_id, e.version DESC) c
            JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = c.assignment_id AND a.status <> 'deleted'
                AND (a.anonymity_key IS NULL OR a.anonymity_lifted_at IS NOT NULL)
            JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = c.user_id
                AND g.assignment_id = c.assignment_id
            LEFT JOIN LATERAL (
                SELECT o.entered_score, o.status FROM grade_entries o
                WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = c.assignment_id AND o.user_id = c.user_id AND o.at <= {from}
                ORDER BY o.version DESC LIMIT 1) b ON true
            LEFT JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = c.actor_id
            WHERE (b.entered_score, COALESCE(b.status, 'computed')) IS DISTINCT FROM (g.entered_score, g.status)
                AND (c.assignment_id, c.user_id) NOT IN ({CalibrationStore.Withheld(db.Tenant, course, actor.UserId)})
            ORDER BY c.at DESC, c.assignment_id, c.user_id LIMIT {MostChanges + 1}
            """, ct);
        return new GradebookNews(
            since, [.. found.Take(MostChanges)], found.Count > MostChanges, await Recalculated(course, from, ct));
    }

    private Task<List<ToldRecalculation>> Recalculated(CourseId course, DateTimeOffset from, CancellationToken ct) =>
        db.Query<ToldRecalculation>($"""
            SELECT r.cause, r.subject_id, COALESCE(a.title, g.name) AS subject_name, r.actor_id, p.name AS actor_name, r.at
            FROM recalculations r
            LEFT JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = r.subject_id AND r.cause NOT LIKE 'group%'
            LEFT JOIN assignment_groups g ON g.tenant_id = {db.Tenant} AND g.assignment_group_id = r.subject_id AND r.cause LIKE 'group%'
            LEFT JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = r.actor_id
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.at > {from} AND r.actor_id IS DISTINCT FROM {actor.Person}
            ORDER BY r.structure_version DESC LIMIT {MostRecalculations}
            """, ct);
}

/// <summary>What others have changed since somebody last looked.</summary>
/// <param name="Since">Null when they never did: then nothing is news.</param>
/// <param name="More">There are more cells than are told of here.</param>
/// <param name="Recalculations">Why all totals were worked out anew, the latest first.</param>
/// <param name="Check">The last time all totals were compared with their entries; null before the first night.</param>
internal sealed record GradebookNews(
    DateTimeOffset? Since, IReadOnlyList<ChangedCell> Items, bool More, IReadOnlyList<ToldRecalculation> Recalculations,
    GradebookCheck? Check = null);

/// <summary>Why all totals of a course were worked out anew, by whom and when.</summary>
/// <param name="SubjectId">An assignment, or for the causes that begin with <c>group</c> an assignment group.</param>
internal sealed record ToldRecalculation(
    RecalculationCause Cause, long? SubjectId, string? SubjectName, UserId? ActorId, string? ActorName, DateTimeOffset At);

/// <summary>A cell that others have changed: what stood there, what stands there now, and who last changed it and when.</summary>
internal sealed record ChangedCell(
    AssignmentId AssignmentId, UserId UserId, decimal? ScoreBefore, WorkStatus StatusBefore, decimal? ScoreNow, WorkStatus StatusNow,
    UserId? ActorId, string? ActorName, DateTimeOffset At);
