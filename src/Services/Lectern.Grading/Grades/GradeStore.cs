using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>The ledger of grades, what is folded from it, and comments.</summary>
internal sealed class GradeStore(TenantDb db)
{
    /// <summary>Appends to the ledger and folds the current grade from it, with the commit.</summary>
    public void AppendAtCommit(
        CourseId course, Grade grade, EntryKind kind, JsonElement? rubric, string? reason, Action<GradeId>? identified = null)
    {
        var entry = Guid.CreateVersion7(db.Now);
        JsonValue? rubricData = rubric is { ValueKind: not JsonValueKind.Null } given ? new JsonValue(given.GetRawText()) : null;
        db.AtCommit($"""
            INSERT INTO grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score,
                score_is_automatic,
                status, seconds_late, pending_review, posted_at, submission_id, rubric_data, source, actor_id, reason, at)
            VALUES ({db.Tenant}, {grade.AssignmentId}, {grade.UserId}, {grade.Version}, {entry}, {course}, {kind}, {grade.EnteredScore},
                {grade.ScoreIsAutomatic}, {grade.Status}, {grade.SecondsLate}, {grade.PendingReview}, {grade.PostedAt},
                    {grade.SubmissionId},
                {RubricSql(rubricData, course, grade)}, {grade.Source}, {grade.GraderId}, {reason}, {grade.GradedAt})
            """);
        db.AtCommit<GradeId>($"""
            INSERT INTO grades (tenant_id, course_id, assignment_id, user_id, entered_score, score_is_automatic, status, seconds_late,
                pending_review,
                posted_at, submission_id, rubric_data, source, grader_id, graded_at, version, said_version)
            VALUES ({db.Tenant}, {course}, {grade.AssignmentId}, {grade.UserId}, {grade.EnteredScore}, {grade.ScoreIsAutomatic},
                {grade.Status},
                {grade.SecondsLate}, {grade.PendingReview}, {grade.PostedAt}, {grade.SubmissionId}, {RubricSql(rubricData, course, grade)},
                {grade.Source}, {grade.GraderId}, {grade.GradedAt}, {grade.Version}, {grade.Version})
            ON CONFLICT (tenant_id, course_id, user_id, assignment_id) DO UPDATE SET
                entered_score = excluded.entered_score, score_is_automatic = excluded.score_is_automatic, status = excluded.status,
                seconds_late = excluded.seconds_late, pending_review = excluded.pending_review, posted_at = excluded.posted_at,
                submission_id = excluded.submission_id, rubric_data = excluded.rubric_data, source = excluded.source,
                grader_id = excluded.grader_id, graded_at = excluded.graded_at, version = excluded.version,
                said_version = excluded.said_version
            RETURNING grade_id
            """, identified ?? (_ => { }));
    }

    /// <summary>A grade's place; null when there is no such grade.</summary>
    public Task<GradePlace?> Place(GradeId grade, CancellationToken ct) => db.Find<GradePlace>(
        $"SELECT assignment_id, user_id FROM grades WHERE tenant_id = {db.Tenant} AND grade_id = {grade}", ct);

    /// <summary>Everything the ledger says of one learner's grade on one assignment, newest first.</summary>
    public Task<List<GradeEntry>> History(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Query<GradeEntry>($"""
        SELECT e.grade_entry_id, e.version, e.kind, e.entered_score, e.score_is_automatic, e.status, e.seconds_late, e.posted_at,
            e.submission_id,
            e.rubric_data, e.source, e.actor_id, p.name AS actor_name, e.reason, e.at
        FROM grade_entries e LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.user_id = e.actor_id
        WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {assignment} AND e.user_id = {learner} ORDER BY e.version DESC
        """, ct);

    public Task<string?> NameOf(UserId? person, CancellationToken ct) => person is { } known
        ? db.Value<string>($"SELECT name FROM people WHERE tenant_id = {db.Tenant} AND user_id = {known}", ct)
        : Task.FromResult<string?>(null);

    // A change that says nothing of the rubric leaves the assessment as it stands.
    private Sql RubricSql(JsonValue? rubric, CourseId course, Grade grade) => rubric is { } given
        ? (Sql)$"{given}"
        : $"""
            (SELECT o.rubric_data FROM grades o WHERE o.tenant_id = {db.Tenant} AND o.course_id = {course} AND o.user_id = {grade.UserId}
                AND o.assignment_id = {grade.AssignmentId})
            """;
}

internal sealed record GradePlace(AssignmentId AssignmentId, UserId UserId);

/// <summary>One entry of the ledger.</summary>
internal sealed record GradeEntry(
    Guid GradeEntryId, int Version, EntryKind Kind, decimal? EnteredScore, bool ScoreIsAutomatic, WorkStatus Status, long? SecondsLate,
    DateTimeOffset? PostedAt, SubmissionId? SubmissionId, JsonElement? RubricData, GradeSource Source, UserId? ActorId, string? ActorName,
    string? Reason,
    DateTimeOffset At);
