using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
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

    /// <summary>The latest attempt of each learner at an assignment, by name.</summary>
    public Task<List<ListedSubmission>> Page(
        CourseId course, AssignmentId assignment, bool ungradedOnly, PageRequest page, CancellationToken ct)
    {
        var (name, user) = page.AfterKey;
        return db.Query<ListedSubmission>($"""
            SELECT s.submission_id, s.user_id, p.name, p.sortable_name, s.attempt, s.type, s.submitted_at, s.late, s.seconds_late,
                g.grade_id, g.score,
                g.status, g.posted_at, COALESCE(g.version, 0) AS version, w.user_id IS NOT NULL AS needs_grading
            FROM (
                SELECT DISTINCT ON (a.user_id) a.submission_id, a.user_id, a.attempt, a.type, a.submitted_at, a.late, a.seconds_late
                    FROM submissions a
                WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment} ORDER BY a.user_id, a.attempt DESC) s
            JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = s.user_id
            LEFT JOIN grades g ON g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = s.user_id
                AND g.assignment_id = {assignment}
            LEFT JOIN ungraded_work w
                ON w.tenant_id = {db.Tenant} AND w.course_id = {course} AND w.assignment_id = {assignment} AND w.user_id = s.user_id
            WHERE (p.sortable_name, s.user_id) > ({name}, {user}) {Sql.When(ungradedOnly, (Sql)$"AND w.user_id IS NOT NULL")}
            ORDER BY p.sortable_name, s.user_id LIMIT {page.Rows}
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

/// <summary>A learner's latest attempt, as graders list it.</summary>
internal sealed record ListedSubmission(
    SubmissionId SubmissionId, UserId UserId, string Name, string SortableName, int Attempt, Assignments.SubmissionType Type,
    DateTimeOffset SubmittedAt,
    bool Late, long SecondsLate, GradeId? GradeId, decimal? Score, Calculation.WorkStatus? Status, DateTimeOffset? PostedAt, int Version,
    bool NeedsGrading);
