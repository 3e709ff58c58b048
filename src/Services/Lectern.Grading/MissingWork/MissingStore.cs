using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MissingWork;

/// <summary>What has gone missing by the dates, as the gradebook's rows say it, and when something may next.</summary>
internal sealed class MissingStore(TenantDb db)
{
    // What is handed in, excused, extended or not theirs is not missing; what a grader called missing or late needs no dates.
    private const int Settled = (int)(CellFlags.Submitted | CellFlags.Late | CellFlags.Missing | CellFlags.Excused | CellFlags.Extended
        | CellFlags.NotAssigned);

    /// <summary>A moment after an instant, since nothing is missing at the due instant itself.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Learners with work that has gone missing and is not called so yet, in user order.</summary>
    public Task<List<UserId>> Learners(CourseId course, UserId after, int limit, CancellationToken ct) => db.Query<UserId>($"""
        SELECT r.user_id FROM gradebook_rows r
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.user_id > {after}
            AND EXISTS (SELECT 1 FROM assignments a, {DueOf}
                WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND {IsGone(course)})
        ORDER BY r.user_id LIMIT {limit}
        """, ct);

    /// <summary>How many learners' work on what has gone missing and is not called so yet, by the instant it was due.</summary>
    public Task<List<GoneWork>> Count(CourseId course, CancellationToken ct) => db.Query<GoneWork>($"""
        SELECT a.assignment_id, a.title, a.posts_manually, due.at AS due_at, count(*)::int AS learners
        FROM gradebook_rows r
        JOIN assignments a ON a.tenant_id = r.tenant_id AND a.course_id = r.course_id
        CROSS JOIN {DueOf}
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND {IsGone(course)}
        GROUP BY a.assignment_id, a.title, a.posts_manually, a.position, due.at ORDER BY a.position, a.assignment_id
        """, ct);

    /// <summary>How much work is called missing by the course's rules.</summary>
    public Task<int> CountMarked(CourseId course, CancellationToken ct) => db.Value<int>($"""
        SELECT count(*)::int FROM grades g
        WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.status = 'missing' AND g.source = 'policy'
            AND g.entered_score IS NULL
        """, ct);

    /// <summary>Since when these learners take the course.</summary>
    public async Task<IReadOnlyDictionary<UserId, DateTimeOffset>> Arrivals(CourseId course, UserId[] learners, CancellationToken ct)
    {
        if (learners.Length == 0) return new Dictionary<UserId, DateTimeOffset>();
        var arrivals = await db.Query<Arrival>($"""
            SELECT j.user_id, j.arrived_at FROM course_arrivals j
            WHERE j.tenant_id = {db.Tenant} AND j.course_id = {course} AND j.user_id = ANY ({learners})
            """, ct);
        return arrivals.ToDictionary(one => one.UserId, one => one.ArrivedAt);
    }

    /// <summary>
    /// Asks for a look once something may next have gone missing, in a course that scores missing work by the dates. What came due while
    /// everybody was looked after has come due for those who were looked after before it.
    /// </summary>
    public async Task Wake(CourseStructure course, DateTimeOffset began, CancellationToken ct)
    {
        if (course.Head.Policy.MissingPolicy is not { ByDates: true }) return;
        var next = await db.Value<DateTimeOffset?>($"""
            SELECT min(d) FROM gradebooks b, unnest(b.due_instants) d
            WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course.Head.CourseId} AND d >= {began}
            """, ct);
        if (next is not { } due) return;
        db.Enqueue(
            new MarkMissing(course.Head.CourseId, course.Head.StructureVersion), MarkMissing.Options with { RunAt = due + Moment });
    }

    private static Sql DueOf => $"""
        LATERAL (SELECT CASE COALESCE(r.own_dues[a.slot + 1], {Scaled.None})
            WHEN {Scaled.None} THEN a.due_at
            WHEN {long.MaxValue} THEN NULL
            ELSE to_timestamp(r.own_dues[a.slot + 1] / 1000.0) END AS at) due
        """;

    // The cheap questions first; the last three are asked of few.
    private Sql IsGone(CourseId course) => $"""
        a.status = 'published' AND NOT a.optional AND a.grading_type <> 'not_graded'
        AND NOT a.submission_types <@ ARRAY['on_paper', 'none'] AND due.at < {db.Now}
        AND COALESCE(r.flags[a.slot + 1], 0) & {Settled} = 0 AND (NOT a.only_named OR r.flags[a.slot + 1] IS NOT NULL)
        AND COALESCE(r.cells[a.slot + 1], {Scaled.None}) = {Scaled.None}
        AND NOT EXISTS (SELECT 1 FROM grades g
            WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = r.user_id AND g.assignment_id = a.assignment_id
                AND g.source <> 'policy' AND COALESCE(g.said_version, g.version) > 0)
        AND EXISTS (SELECT 1 FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = r.user_id AND m.role = 'learner'
                AND m.state = 'active')
        AND (SELECT j.arrived_at FROM course_arrivals j
            WHERE j.tenant_id = {db.Tenant} AND j.course_id = {course} AND j.user_id = r.user_id) <= due.at
        """;

    private sealed record Arrival(UserId UserId, DateTimeOffset ArrivedAt);
}

/// <param name="PostsManually">Learners see nothing of it until somebody posts.</param>
internal sealed record GoneWork(AssignmentId AssignmentId, string Title, bool PostsManually, DateTimeOffset DueAt, int Learners);
