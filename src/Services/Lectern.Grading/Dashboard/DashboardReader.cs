using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Dashboard;

/// <summary>Reads all a dashboard shows, for a person and for the learners that person observes, in one statement.</summary>
internal sealed class DashboardReader(TenantDb db)
{
    private const int MostFeedback = 20;

    // Handed in, excused, not theirs, extended by a grader's word: nothing is left to do.
    private const int Done = (int)(CellFlags.Submitted | CellFlags.Excused | CellFlags.NotAssigned);

    public async Task<DashboardFacts> Read(UserId person, IReadOnlyCollection<UserId> observed, CancellationToken ct)
    {
        UserId[] learners = [person, .. observed];
        var now = db.Now;
        var row = await db.Get<Row>($"""
            WITH seats AS MATERIALIZED ({Seats(learners)}),
            lines AS MATERIALIZED (
                SELECT s.user_id, s.course_id, r.flags, r.cells, r.own_dues, r.totals, r.letters FROM seats s
                LEFT JOIN gradebook_rows r ON r.tenant_id = {db.Tenant} AND r.course_id = s.course_id AND r.user_id = s.user_id
                WHERE s.learns)
            SELECT
                COALESCE((SELECT json_agg(x) FROM (
                    SELECT s.user_id, s.course_id, s.roles, s.code, s.title, s.status, s.color, s.opens_at, s.closes_at, s.learns,
                        l.totals[3] AS current, l.letters[3] AS letter
                    FROM seats s LEFT JOIN lines l ON l.user_id = s.user_id AND l.course_id = s.course_id
                    WHERE s.learns OR s.grades OR 'designer' = ANY (s.roles)
                    ORDER BY s.title, s.course_id) x), '[]')::text AS courses,
                COALESCE((SELECT json_agg(x) FROM (
                    SELECT l.user_id, a.course_id, a.assignment_id, a.title, a.points_possible, a.submission_types, a.grading_type,
                        a.optional,
                        CASE WHEN o.audience IS NULL THEN a.locks_at ELSE o.locks_at END AS locks_at, a.due_at,
                        l.own_dues[a.slot + 1] AS own_due,
                        COALESCE(l.flags[a.slot + 1], 0) AS flags, l.cells[a.slot + 1] AS cell
                    FROM lines l JOIN seats s ON s.user_id = l.user_id AND s.course_id = l.course_id
                    JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.course_id = l.course_id
                    LEFT JOIN LATERAL ({OwnDates()}) o ON true
                    WHERE a.status = 'published'
                        AND COALESCE(CASE WHEN o.audience IS NULL THEN a.unlocks_at ELSE o.unlocks_at END <= {now}, true)
                        AND (s.closes_at IS NULL OR s.closes_at > {now})
                        AND (NOT a.only_named OR l.flags[a.slot + 1] IS NOT NULL)
                        AND COALESCE(l.flags[a.slot + 1], 0) & {Done} = 0) x), '[]')::text AS due,
                COALESCE((SELECT json_agg(x) FROM ({Reviews(learners)}) x
                    JOIN seats s ON s.user_id = x.user_id AND s.course_id = x.course_id AND s.learns
                        AND COALESCE(s.closes_at > {now}, true)), '[]')::text AS reviews,
                COALESCE((SELECT json_agg(x ORDER BY x.oldest_at) FROM (
                    SELECT w.course_id, w.assignment_id, a.title, count(*) AS count, min(w.since) AS oldest_at
                    FROM seats s
                    JOIN ungraded_work w ON w.tenant_id = {db.Tenant} AND w.course_id = s.course_id
                        AND w.returned_at IS NULL
                    JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = w.assignment_id AND a.status <> 'deleted'
                    WHERE s.user_id = {person} AND s.grades GROUP BY w.course_id, w.assignment_id, a.title) x), '[]')::text AS to_grade,
                COALESCE((SELECT json_agg(x) FROM unnest({learners}) AS who (user_id) CROSS JOIN LATERAL (
                    SELECT g.user_id, g.assignment_id, g.course_id, a.title, a.points_possible, g.score, g.status, g.graded_at AS at,
                        g.posted_at, (
                        SELECT c.body FROM submission_comments c
                        WHERE c.tenant_id = {db.Tenant} AND c.course_id = g.course_id AND c.user_id = g.user_id
                            AND c.assignment_id = g.assignment_id AND c.author_id IS DISTINCT FROM g.user_id
                        ORDER BY c.submission_comment_id DESC LIMIT 1) AS comment
                    FROM lines l
                    JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = l.course_id AND g.user_id = l.user_id
                    JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = g.assignment_id AND a.status = 'published'
                    WHERE l.user_id = who.user_id AND g.posted_at IS NOT NULL
                    ORDER BY g.graded_at DESC LIMIT {MostFeedback}) x), '[]')::text AS feedback,
                COALESCE((SELECT json_agg(x) FROM (
                    SELECT p.user_id, p.name FROM people p WHERE p.tenant_id = {db.Tenant} AND p.user_id = ANY ({observed.ToArray()})
                        AND p.state = 'active'
                    ORDER BY p.sortable_name, p.user_id) x), '[]')::text AS observed
            """, ct);
        return Facts(row);
    }

    /// <summary>Where these people have a place, and as what.</summary>
    private Sql Seats(UserId[] learners) => $"""
        SELECT m.user_id, m.course_id, array_agg(DISTINCT m.role) AS roles, c.code, c.title, c.status, c.color,
            c.opens_at, c.closes_at, bool_or(m.role = 'learner') AND c.opens_at <= {db.Now} AS learns,
            bool_or(m.role IN ('instructor', 'teaching_assistant')) AS grades,
            array_agg(m.section_id) FILTER (WHERE m.role = 'learner') AS sections
        FROM course_members m
        JOIN course_cards c ON c.tenant_id = m.tenant_id AND c.course_id = m.course_id
        WHERE m.tenant_id = {db.Tenant} AND m.user_id = ANY ({learners}) AND m.state = 'active'
        GROUP BY m.user_id, m.course_id, c.code, c.title, c.status, c.color, c.opens_at, c.closes_at
        """;

    /// <summary>Reviews of others' work that these people are asked for and have not handed in; by <c>peer_reviews_to_do</c>.</summary>
    private Sql Reviews(UserId[] learners) => $"""
        SELECT r.reviewer_id AS user_id, a.course_id, a.assignment_id, a.title, a.points_possible, a.submission_types,
            q.reviews_due_at AS due_at, count(*)::int AS count
        FROM peer_reviews r
        JOIN peer_plans q ON q.tenant_id = r.tenant_id AND q.assignment_id = r.assignment_id
        JOIN assignments a ON a.tenant_id = r.tenant_id AND a.assignment_id = r.assignment_id AND a.status = 'published'
        WHERE r.tenant_id = {db.Tenant} AND r.reviewer_id = ANY ({learners}) AND r.handed_in_at IS NULL AND r.removed_at IS NULL
        GROUP BY r.reviewer_id, a.course_id, a.assignment_id, a.title, a.points_possible, a.submission_types, q.reviews_due_at
        """;

    /// <summary>
    /// What <c>WorkDates.For</c> says of one learner (l, s) and one assignment (a): a person's own dates before those of the sections, of
    /// several sections the most generous. A short range of the key, and for nearly all assignments an empty one.
    /// </summary>
    private Sql OwnDates() => $"""
        SELECT d.audience,
            CASE WHEN bool_and(d.unlocks_at IS NOT NULL) THEN min(d.unlocks_at) END AS unlocks_at,
            CASE WHEN bool_and(d.locks_at IS NOT NULL) THEN max(d.locks_at) END AS locks_at
        FROM assignment_dates d
        WHERE d.tenant_id = {db.Tenant} AND d.course_id = a.course_id AND d.assignment_id = a.assignment_id
            AND d.audience_id = ANY (CASE d.audience WHEN 'person' THEN ARRAY[l.user_id] ELSE s.sections END)
        GROUP BY d.audience ORDER BY d.audience LIMIT 1
        """;

    private static DashboardFacts Facts(Row row) => new(
        Parse<CourseFact>(row.Courses), Parse<DueFact>(row.Due), Parse<ReviewsFact>(row.Reviews), Parse<ToGrade>(row.ToGrade),
        Parse<FeedbackFact>(row.Feedback), Parse<Observed>(row.Observed));

    private static List<T> Parse<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, LecternJson.Options)!;

    private sealed record Row(string Courses, string Due, string Reviews, string ToGrade, string Feedback, string Observed);
}

/// <summary>What the database says for a dashboard.</summary>
internal sealed record DashboardFacts(
    List<CourseFact> Courses, List<DueFact> Due, List<ReviewsFact> Reviews, List<ToGrade> ToGrade, List<FeedbackFact> Feedback,
    List<Observed> Observed);

internal sealed record CourseFact(
    UserId UserId, CourseId CourseId, string[] Roles, string Code, string Title, string Status, string? Color, DateTimeOffset? OpensAt,
    DateTimeOffset? ClosesAt, bool Learns, long? Current, string? Letter);

internal sealed record DueFact(
    UserId UserId, CourseId CourseId, AssignmentId AssignmentId, string Title, decimal PointsPossible, SubmissionType[] SubmissionTypes,
    AssignmentGrading GradingType, bool Optional, DateTimeOffset? LocksAt, DateTimeOffset? DueAt, long? OwnDue, int Flags, long? Cell)
{
    /// <summary>The learner's own due date; the assignment's where there is none.</summary>
    public DateTimeOffset? Due => GradebookRow.DueAt(OwnDue, DueAt);

    public bool HandedInOnline => SubmissionTypes.Any(type => type is not (SubmissionType.OnPaper or SubmissionType.None));

    /// <summary>A score by a person or a quiz means that nothing is left to do, handed in or not.</summary>
    public bool IsGraded => Cell is not (null or Scaled.None) && !((CellFlags)Flags).HasFlag(CellFlags.Automatic);
}

/// <summary>Reviews of others' work that a learner has yet to hand in.</summary>
internal sealed record ReviewsFact(
    UserId UserId, CourseId CourseId, AssignmentId AssignmentId, string Title, decimal PointsPossible, SubmissionType[] SubmissionTypes,
    DateTimeOffset DueAt, int Count);

/// <summary>Work of one assignment that waits for a grader.</summary>
internal sealed record ToGrade(CourseId CourseId, AssignmentId AssignmentId, string Title, int Count, DateTimeOffset OldestAt);

/// <summary>A posted grade, with the latest remark of somebody else.</summary>
internal sealed record FeedbackFact(
    UserId UserId, AssignmentId AssignmentId, CourseId CourseId, string Title, decimal PointsPossible, decimal? Score,
    Calculation.WorkStatus Status, DateTimeOffset At, DateTimeOffset PostedAt, string? Comment);

internal sealed record Observed(UserId UserId, string Name);
