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
    /// <summary>
    /// Appends to the ledger and folds the current grades from what was appended, with the commit and in one statement, however many
    /// there are. At most one entry for a grade. What is assessed anew for the same score stands in nobody's way who saw that score.
    /// </summary>
    public void AppendAtCommit(CourseId course, IReadOnlyCollection<NewEntry> entries, Action<GradePlace>? placed = null)
    {
        if (entries.Count == 0) return;
        var grades = entries.Select(entry => entry.Grade).ToArray();
        db.AtCommit<GradePlace>($"""
            WITH entered AS (
                INSERT INTO grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score,
                    score_is_automatic, status, seconds_late, pending_review, posted_at, submission_id, rubric_data, source, actor_id,
                    reason, at, attempt_scores, label)
                SELECT {db.Tenant}, t.assignment_id, t.user_id, t.version, t.entry_id, {course}, t.kind, t.entered_score,
                    t.automatic, t.status, t.seconds_late, t.pending_review, t.posted_at, t.submission_id,
                    CASE WHEN t.keeps_rubric THEN o.rubric_data ELSE t.rubric::jsonb END, t.source, t.grader_id, t.reason, t.graded_at,
                    t.attempt_scores::jsonb, t.label
                FROM unnest({grades.Select(grade => grade.AssignmentId).ToArray()}, {grades.Select(grade => grade.UserId).ToArray()},
                    {grades.Select(grade => grade.Version).ToArray()}, {grades.Select(_ => Guid.CreateVersion7(db.Now)).ToArray()},
                    {entries.Select(entry => entry.Kind).ToArray()}, {grades.Select(grade => grade.EnteredScore).ToArray()},
                    {grades.Select(grade => grade.ScoreIsAutomatic).ToArray()}, {grades.Select(grade => grade.Status).ToArray()},
                    {grades.Select(grade => grade.SecondsLate).ToArray()}, {grades.Select(grade => grade.PendingReview).ToArray()},
                    {grades.Select(grade => grade.PostedAt?.UtcDateTime).ToArray()},
                    {grades.Select(grade => grade.SubmissionId?.Value).ToArray()},
                    {entries.Select(entry => entry.Rubric).ToArray()}, {entries.Select(entry => entry.KeepsRubric).ToArray()},
                    {grades.Select(grade => grade.Source).ToArray()}, {grades.Select(grade => grade.GraderId?.Value).ToArray()},
                    {entries.Select(entry => entry.Reason).ToArray()}, {grades.Select(grade => grade.GradedAt.UtcDateTime).ToArray()},
                    {grades.Select(Attempts).ToArray()}, {grades.Select(grade => grade.Label).ToArray()})
                    AS t(assignment_id, user_id, version, entry_id, kind, entered_score, automatic, status, seconds_late, pending_review,
                        posted_at, submission_id, rubric, keeps_rubric, source, grader_id, reason, graded_at,
                        attempt_scores, label)
                LEFT JOIN grades o ON o.tenant_id = {db.Tenant} AND o.course_id = {course} AND o.user_id = t.user_id
                    AND o.assignment_id = t.assignment_id
                RETURNING assignment_id, user_id, version, entered_score, score_is_automatic, status, seconds_late, pending_review,
                    posted_at, submission_id, rubric_data, source, actor_id, at, attempt_scores, label)
            INSERT INTO grades (tenant_id, course_id, assignment_id, user_id, version, entered_score, score_is_automatic, status,
                seconds_late, pending_review, posted_at, submission_id, rubric_data, source, grader_id, graded_at, said_version,
                attempt_scores, label)
            SELECT {db.Tenant}, {course}, e.assignment_id, e.user_id, e.version, e.entered_score, e.score_is_automatic, e.status,
                e.seconds_late, e.pending_review, e.posted_at, e.submission_id, e.rubric_data, e.source, e.actor_id, e.at,
                CASE WHEN e.entered_score IS NULL AND e.status = 'computed' THEN 0 ELSE e.version END, e.attempt_scores, e.label
            FROM entered e
            ON CONFLICT (tenant_id, course_id, user_id, assignment_id) DO UPDATE SET
                entered_score = excluded.entered_score, score_is_automatic = excluded.score_is_automatic, status = excluded.status,
                seconds_late = excluded.seconds_late, pending_review = excluded.pending_review, posted_at = excluded.posted_at,
                submission_id = excluded.submission_id, rubric_data = excluded.rubric_data, source = excluded.source,
                grader_id = excluded.grader_id, graded_at = excluded.graded_at, version = excluded.version,
                attempt_scores = excluded.attempt_scores, label = excluded.label,
                said_version = CASE WHEN (grades.entered_score, grades.score_is_automatic, grades.status, grades.seconds_late,
                        grades.pending_review, grades.submission_id, grades.label)
                    IS DISTINCT FROM (excluded.entered_score, excluded.score_is_automatic, excluded.status, excluded.seconds_late,
                        excluded.pending_review, excluded.submission_id, excluded.label)
                    THEN excluded.version ELSE COALESCE(grades.said_version, grades.version) END
            RETURNING assignment_id, user_id, grade_id
            """, placed ?? (_ => { }));
    }

    private static string? Attempts(Grade grade) => grade.AttemptScores is { } scores ? Sql.Json(scores).Text : null;

    /// <summary>A grade's entry in the ledger at each of these versions, where there is one.</summary>
    public Task<List<GradeEntry>> Entries(
        IReadOnlyCollection<(AssignmentId Assignment, UserId User, int Version)> wanted, CancellationToken ct) =>
        db.Query<GradeEntry>($"""
            SELECT {Sql.Raw(GradeEntry.Columns)}
            FROM unnest({wanted.Select(one => one.Assignment).ToArray()}, {wanted.Select(one => one.User).ToArray()},
                {wanted.Select(one => one.Version).ToArray()}) AS t(assignment_id, user_id, version)
            JOIN grade_entries e ON e.tenant_id = {db.Tenant} AND e.assignment_id = t.assignment_id AND e.user_id = t.user_id
                AND e.version = t.version
            LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.user_id = e.actor_id
            """, ct);

    /// <summary>A grade's place; null when there is no such grade.</summary>
    public Task<GradePlace?> Place(GradeId grade, CancellationToken ct) => db.Find<GradePlace>(
        $"SELECT assignment_id, user_id, grade_id FROM grades WHERE tenant_id = {db.Tenant} AND grade_id = {grade}", ct);

    /// <summary>Everything the ledger says of one learner's grade on one assignment, newest first.</summary>
    public Task<List<GradeEntry>> History(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Query<GradeEntry>($"""
        SELECT {Sql.Raw(GradeEntry.Columns)}
        FROM grade_entries e LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.user_id = e.actor_id
        WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {assignment} AND e.user_id = {learner} ORDER BY e.version DESC
        """, ct);

    public async Task<IReadOnlyDictionary<UserId, string>> NamesOf(IEnumerable<UserId?> people, CancellationToken ct)
    {
        var known = people.OfType<UserId>().Distinct().ToArray();
        if (known.Length == 0) return new Dictionary<UserId, string>();
        var named = await db.Query<PersonName>(
            $"SELECT user_id, name FROM people WHERE tenant_id = {db.Tenant} AND user_id = ANY ({known})", ct);
        return named.ToDictionary(person => person.UserId, person => person.Name);
    }

    private sealed record PersonName(UserId UserId, string Name);
}

/// <summary>Whose grade on what a number stands for.</summary>
internal sealed record GradePlace(AssignmentId AssignmentId, UserId UserId, GradeId GradeId);

/// <summary>An entry that is to be made: the grade as it will stand, and what was done to it.</summary>
/// <param name="Grade">As it will stand, with its new version.</param>
/// <param name="Kind">What was changed first of all.</param>
/// <param name="Rubric">The assessment as JSON text.</param>
/// <param name="KeepsRubric">The assessment stays as it was, whatever it was.</param>
/// <param name="Reason">Why, in the words of who did it.</param>
internal sealed record NewEntry(Grade Grade, EntryKind Kind, string? Rubric = null, bool KeepsRubric = true, string? Reason = null);

/// <summary>One entry of the ledger.</summary>
internal sealed record GradeEntry(
    Guid GradeEntryId, AssignmentId AssignmentId, UserId UserId, int Version, EntryKind Kind, decimal? EnteredScore, bool ScoreIsAutomatic,
    WorkStatus Status, long? SecondsLate, bool PendingReview, DateTimeOffset? PostedAt, SubmissionId? SubmissionId,
    JsonElement? RubricData, GradeSource Source, UserId? ActorId, string? ActorName, string? Reason, DateTimeOffset At,
    AttemptScores? AttemptScores = null, short? Label = null)
{
    public const string Columns = """
        e.grade_entry_id, e.assignment_id, e.user_id, e.version, e.kind, e.entered_score, e.score_is_automatic, e.status, e.seconds_late,
        e.pending_review, e.posted_at, e.submission_id, e.rubric_data, e.source, e.actor_id, p.name AS actor_name, e.reason, e.at,
        e.attempt_scores, e.label
        """;
}
