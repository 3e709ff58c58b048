using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Work handed in, and drafts of it.</summary>
internal sealed class SubmissionStore(TenantDb db)
{
    public Task<Submission?> Find(SubmissionId id, CancellationToken ct) => db.Find<Submission>(
        $"SELECT {Sql.Raw(Submission.Columns)} FROM submissions s WHERE s.tenant_id = {db.Tenant} AND s.submission_id = {id}", ct);

    public Task<Submission?> Latest(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Find<Submission>($"""
        SELECT {Sql.Raw(Submission.Columns)} FROM submissions s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = {learner} AND s.assignment_id = {assignment}
        ORDER BY s.attempt DESC LIMIT 1
        """, ct);

    /// <summary>All attempts of one learner at one assignment, newest first.</summary>
    public Task<List<Submission>> Attempts(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<Submission>($"""
        SELECT {Sql.Raw(Submission.Columns)} FROM submissions s
        WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = {learner} AND s.assignment_id = {assignment}
            ORDER BY s.attempt DESC
        """, ct);

    public Task<SubmissionId> Add(Submission s, CancellationToken ct) => db.Get<SubmissionId>($"""
        INSERT INTO submissions (tenant_id, course_id, assignment_id, user_id, attempt, type, body_text, url, file_ids, submitted_at,
            due_at, late,
            seconds_late, receipt_no, receipt_sha256, content_sha256)
        VALUES ({db.Tenant}, {s.CourseId}, {s.AssignmentId}, {s.UserId}, {s.Attempt}, {s.Type}, {s.BodyText}, {s.Url}, {s.FileIds},
            {s.SubmittedAt},
            {s.DueAt}, {s.Late}, {s.SecondsLate}, {s.ReceiptNo}, {s.ReceiptSha256}, {s.ContentSha256})
        RETURNING submission_id
        """, ct);

    /// <summary>The latest attempt of each learner at an assignment, by name; also who has handed in nothing, when asked.</summary>
    public Task<List<WorkLine>> Page(CourseId course, Assignment assignment, WorkShown shown, PageRequest page, CancellationToken ct)
    {
        var (name, user) = page.AfterKey;
        var id = assignment.AssignmentId;
        var place = assignment.Slot + 1;
        return db.Query<WorkLine>($"""
            WITH handed AS (
                SELECT DISTINCT ON (a.user_id) a.submission_id, a.user_id, a.attempt, a.type, a.submitted_at, a.late, a.seconds_late
                FROM submissions a
                WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {id} ORDER BY a.user_id, a.attempt DESC),
            shown AS (SELECT h.user_id FROM handed h {Sql.When(shown is WorkShown.Everybody, (Sql)$"""
                UNION SELECT m.user_id FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
                """)})
            SELECT s.submission_id, p.user_id, p.name, p.sortable_name, s.attempt, s.type, s.submitted_at, COALESCE(s.late, false) AS late,
                COALESCE(s.seconds_late, 0) AS seconds_late, g.grade_id, g.score, g.status, g.posted_at, COALESCE(g.version, 0) AS version,
                w.user_id IS NOT NULL AS needs_grading, COALESCE(r.flags, 0) AS flags, r.cell, r.own_due
            FROM shown u
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = u.user_id
            LEFT JOIN handed s ON s.user_id = u.user_id
            LEFT JOIN LATERAL (
                SELECT b.flags[{place}] AS flags, b.cells[{place}] AS cell, b.own_dues[{place}] AS own_due FROM gradebook_rows b
                WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course} AND b.user_id = u.user_id) r ON true
            LEFT JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = u.user_id AND g.assignment_id = {id}
            LEFT JOIN ungraded_work w
                ON w.tenant_id = {db.Tenant} AND w.course_id = {course} AND w.assignment_id = {id} AND w.user_id = u.user_id
            WHERE (p.sortable_name, p.user_id) > ({name}, {user}) {Sql.When(shown is WorkShown.Ungraded, (Sql)$"AND w.user_id IS NOT NULL")}
                AND (s.user_id IS NOT NULL OR (r.flags IS NOT NULL OR NOT {assignment.OnlyNamed})
                    AND COALESCE(r.flags, 0) & {(int)CellFlags.NotAssigned} = 0)
            ORDER BY p.sortable_name, p.user_id LIMIT {page.Rows}
            """, ct);
    }

    public Task<Draft?> Draft(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Find<Draft>($"""
        SELECT body_text, url, file_ids, saved_at, version FROM submission_drafts
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner}
        """, ct);

    /// <summary>Keeps a draft if it still has the version that was seen; null when another window was faster.</summary>
    public async Task<int?> Keep(AssignmentId assignment, UserId learner, WorkForm form, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Value<int?>($"""
            INSERT INTO submission_drafts AS d (tenant_id, assignment_id, user_id, body_text, url, file_ids, saved_at)
            VALUES ({db.Tenant}, {assignment}, {learner}, {form.BodyText}, {form.Url}, {form.FileIds}, {db.Now})
            ON CONFLICT (tenant_id, assignment_id, user_id) DO UPDATE SET body_text = excluded.body_text, url = excluded.url,
                file_ids = excluded.file_ids, saved_at = excluded.saved_at, version = d.version + 1
            WHERE d.version = {seen}
            RETURNING d.version
            """, ct);
    }

    public void DropDraftAtCommit(AssignmentId assignment, UserId learner) => db.AtCommit(
        $"DELETE FROM submission_drafts WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner}");
}

/// <summary>Work as far as it has come; not handed in.</summary>
internal sealed record Draft(string? BodyText, string? Url, Lectern.Platform.Storage.FileId[] FileIds, DateTimeOffset SavedAt, int Version);

/// <summary>Which lines graders want to see.</summary>
internal enum WorkShown { HandedIn, Ungraded, Everybody }

/// <summary>A learner's latest attempt as stored, with what the gradebook says of it.</summary>
internal sealed record WorkLine(
    SubmissionId? SubmissionId, UserId UserId, string Name, string SortableName, int? Attempt, SubmissionType? Type,
    DateTimeOffset? SubmittedAt, bool Late, long SecondsLate, GradeId? GradeId, decimal? Score, Calculation.WorkStatus? Status,
    DateTimeOffset? PostedAt, int Version, bool NeedsGrading, int Flags, long? Cell, long? OwnDue)
{
    public bool IsMissing(Assignment assignment, DateTimeOffset now) => SubmissionId is null && GoneMissing.Is(
        assignment, GradebookRow.DueAt(OwnDue, assignment.DueAt), (CellFlags)Flags, Cell ?? Scaled.None, now);
}
