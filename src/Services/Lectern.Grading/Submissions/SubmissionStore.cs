using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Work handed in, and drafts of it.</summary>
internal sealed class SubmissionStore(TenantDb db)
{
    private const int Submitted = (int)CellFlags.Submitted;
    private const int NotAssigned = (int)CellFlags.NotAssigned;

    public Task<Submission?> Find(SubmissionId id, CancellationToken ct) => db.Find<Submission>(
        $"SELECT {Sql.Raw(Submission.Columns)} FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.submission_id = {id}", ct);

    public Task<Submission?> Latest(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Find<Submission>($"""
        SELECT {Sql.Raw(Submission.Columns)} FROM submissions s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = {learner} AND s.assignment_id = {assignment}
        ORDER BY s.attempt DESC LIMIT 1
        """, ct);

    public async Task<IReadOnlyList<FileId>> LatestFiles(AssignmentId assignment, UserId learner, CancellationToken ct) =>
        await db.Query<FileId>($"""
            SELECT unnest(s.file_ids) FROM submissions s
            JOIN assignments a ON a.tenant_id = s.tenant_id AND a.assignment_id = s.assignment_id
            WHERE s.tenant_id = {db.Tenant} AND s.course_id = a.course_id AND s.user_id = {learner} AND s.assignment_id = {assignment}
                AND s.attempt = (SELECT max(m.attempt) FROM submissions m WHERE m.tenant_id = {db.Tenant}
                    AND m.course_id = a.course_id AND m.user_id = {learner} AND m.assignment_id = {assignment})
            """, ct);

    /// <summary>All attempts of one learner at one assignment, newest first.</summary>
    public Task<List<Submission>> Attempts(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<Submission>($"""
        SELECT {Sql.Raw(Submission.Columns)} FROM submissions s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = {learner} AND s.assignment_id = {assignment}
            ORDER BY s.attempt DESC
        """, ct);

    /// <summary>Takes attempts in: one, or one for each who made the work together. Answers them with their numbers.</summary>
    public async Task<List<Submission>> Add(IReadOnlyList<Submission> attempts, CancellationToken ct)
    {
        var work = attempts[0];
        var added = await db.Query<Added>($"""
            INSERT INTO submissions (tenant_id, course_id, assignment_id, user_id, attempt, type, body_text, url, file_ids, submitted_at,
                due_at, late, seconds_late, receipt_no, receipt_sha256, content_sha256, group_submission_id, answers)
            SELECT {db.Tenant}, {work.CourseId}, {work.AssignmentId}, t.user_id, t.attempt, {work.Type}, {work.BodyText}, {work.Url},
                {work.FileIds}, {work.SubmittedAt}, t.due_at, t.seconds_late > 0, t.seconds_late, t.receipt_no, t.receipt,
                {work.ContentSha256}, {work.GroupSubmissionId}, NULLIF({Sql.Json(work.Answers)}, 'null'::jsonb)
            FROM unnest({attempts.Select(one => one.UserId).ToArray()}, {attempts.Select(one => one.Attempt).ToArray()},
                {attempts.Select(one => one.DueAt?.UtcDateTime).ToArray()}, {attempts.Select(one => one.SecondsLate).ToArray()},
                {attempts.Select(one => one.ReceiptNo).ToArray()}, {attempts.Select(one => one.ReceiptSha256).ToList()})
                AS t(user_id, attempt, due_at, seconds_late, receipt_no, receipt)
            RETURNING submission_id, user_id
            """, ct);
        var ids = added.ToDictionary(one => one.UserId, one => one.SubmissionId);
        return [.. attempts.Select(one => one with { SubmissionId = ids[one.UserId] })];
    }

    /// <summary>The attempts of the others who made this work and have handed in nothing newer.</summary>
    public async Task<List<Submission>> MadeWith(Submission work, CancellationToken ct) => work.GroupSubmissionId is not { } together
        ? []
        : await db.Query<Submission>($"""
            SELECT {Sql.Raw(Submission.Columns)} FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.group_submission_id = {together} AND s.user_id <> {work.UserId} AND NOT EXISTS (
                SELECT 1 FROM submissions n
                WHERE n.tenant_id = {db.Tenant} AND n.course_id = s.course_id AND n.user_id = s.user_id
                    AND n.assignment_id = s.assignment_id AND n.attempt > s.attempt)
            ORDER BY s.user_id
            """, ct);

    /// <summary>
    /// Learners of an assignment by name, each with the latest attempt where there is one. Whose line is shown comes from narrow keys;
    /// only the page's own lines look for an attempt, each by <c>submissions_attempt</c>.
    /// </summary>
    /// <param name="pseudonyms">Where graders see no names, lines come in an order that says nothing of them either.</param>
    public Task<List<WorkLine>> Page(
        CourseId course, Assignment assignment, WorkShown shown, PageRequest page, Pseudonyms? pseudonyms, CancellationToken ct)
    {
        Sql Order() => pseudonyms is { Hidden: true } ? pseudonyms.OrderOf("p.user_id") : Sql.Raw("p.sortable_name");
        var (name, user) = page.AfterKey;
        var id = assignment.AssignmentId;
        var place = assignment.Slot + 1;
        // Who handed in is shown in any case; who did not only when it is theirs to hand in.
        var theirs = Sql.When(shown is WorkShown.Everybody or WorkShown.NotHandedIn, $"""
            AND (COALESCE(b.flags[{place}], 0) & {Submitted} > 0
                OR (b.flags[{place}] IS NOT NULL OR NOT {assignment.OnlyNamed}) AND COALESCE(b.flags[{place}], 0) & {NotAssigned} = 0)
            """);
        return db.Query<WorkLine>($"""
            WITH page AS MATERIALIZED (
                SELECT p.user_id, p.name, {Order()} AS sortable_name, b.flags[{place}] AS flags, b.cells[{place}] AS cell,
                    b.own_dues[{place}] AS own_due
                FROM ({Learners(course, id, shown)}) u
                JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = u.user_id
                LEFT JOIN gradebook_rows b ON b.tenant_id = {db.Tenant} AND b.course_id = {course} AND b.user_id = u.user_id
                WHERE ({Order()}, p.user_id) > ({name}, {user}) {theirs}
                ORDER BY {Order()}, p.user_id LIMIT {page.Rows})
            SELECT s.submission_id, p.user_id, p.name, p.sortable_name, COALESCE(s.group_name, t.group_name) AS group_name, s.attempt,
                s.type, s.submitted_at, COALESCE(s.late, false) AS late,
                COALESCE(s.seconds_late, 0) AS seconds_late, g.grade_id, g.score, g.status, g.posted_at, COALESCE(g.version, 0) AS version,
                w.user_id IS NOT NULL AS needs_grading, COALESCE(p.flags, 0) AS flags, p.cell, p.own_due
            FROM page p
            LEFT JOIN LATERAL (
                SELECT a.submission_id, a.attempt, a.type, a.submitted_at, a.late, a.seconds_late, w.group_name FROM submissions a
                LEFT JOIN group_submissions w
                    ON w.tenant_id = a.tenant_id AND w.group_submission_id = a.group_submission_id
                WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.user_id = p.user_id AND a.assignment_id = {id}
                ORDER BY a.attempt DESC LIMIT 1) s ON true
            LEFT JOIN group_seats t ON s.submission_id IS NULL AND t.tenant_id = {db.Tenant} AND t.course_id = {course}
                AND t.group_set_id = {assignment.GroupSetId?.Value} AND t.user_id = p.user_id
            LEFT JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = p.user_id AND g.assignment_id = {id}
            LEFT JOIN ungraded_work w
                ON w.tenant_id = {db.Tenant} AND w.course_id = {course} AND w.assignment_id = {id} AND w.user_id = p.user_id
            ORDER BY p.sortable_name, p.user_id
            """, ct);
    }

    private Sql Learners(CourseId course, AssignmentId assignment, WorkShown shown)
    {
        Sql handedIn = $"SELECT a.user_id FROM submissions a WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment}";
        Sql members = $"""
            SELECT m.user_id FROM course_members m
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
            """;
        return shown switch
        {
            WorkShown.Ungraded => $"""
                SELECT q.user_id FROM ungraded_work q
                WHERE q.tenant_id = {db.Tenant} AND q.course_id = {course} AND q.assignment_id = {assignment}
                """,
            WorkShown.NotHandedIn => $"{members} EXCEPT {handedIn}",
            WorkShown.Everybody => $"{members} UNION {handedIn}",
            _ => $"SELECT DISTINCT h.user_id FROM ({handedIn}) h",
        };
    }

    private sealed record Added(SubmissionId SubmissionId, UserId UserId);
}

/// <summary>Which lines graders want to see.</summary>
internal enum WorkShown { HandedIn, Ungraded, NotHandedIn, Everybody }

/// <summary>A learner's latest attempt as stored, with what the gradebook says of it.</summary>
internal sealed record WorkLine(
    SubmissionId? SubmissionId, UserId UserId, string Name, string SortableName, string? GroupName, int? Attempt, SubmissionType? Type,
    DateTimeOffset? SubmittedAt, bool Late, long SecondsLate, GradeId? GradeId, decimal? Score, Calculation.WorkStatus? Status,
    DateTimeOffset? PostedAt, int Version, bool NeedsGrading, int Flags, long? Cell, long? OwnDue)
{
    public bool IsMissing(Assignment assignment, DateTimeOffset now) => SubmissionId is null && GoneMissing.Is(
        assignment, GradebookRow.DueAt(OwnDue, assignment.DueAt), (CellFlags)Flags, Cell ?? Scaled.None, now);
}
