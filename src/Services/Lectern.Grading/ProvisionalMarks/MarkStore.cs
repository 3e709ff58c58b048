using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.GradingClaims;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.ProvisionalMarks;

/// <summary>Marks of several markers, each given without knowing the others'.</summary>
internal sealed class MarkStore(TenantDb db, Actor actor)
{
    public Task<List<ProvisionalMark>> Of(AssignmentId assignment, IReadOnlyCollection<UserId> learners, CancellationToken ct) =>
        db.Query<ProvisionalMark>($"""
        SELECT k.user_id, k.marker_id, p.name AS marker_name, k.score, k.blind_score, k.comment, k.assessment, k.marked_at, k.version
        FROM provisional_marks k LEFT JOIN people p ON p.tenant_id = k.tenant_id AND p.user_id = k.marker_id
        WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.user_id = ANY ({learners.ToArray()})
        ORDER BY k.user_id, k.marker_id
        """, ct);

    /// <summary>What agreement is measured by.</summary>
    public Task<List<ProvisionalMark>> All(AssignmentId assignment, CancellationToken ct) => db.Query<ProvisionalMark>($"""
        SELECT k.user_id, k.marker_id, p.name AS marker_name, k.score, k.blind_score, '' AS comment, NULL::jsonb AS assessment, k.marked_at,
            k.version
        FROM provisional_marks k LEFT JOIN people p ON p.tenant_id = k.tenant_id AND p.user_id = k.marker_id
        WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.blind_score IS NOT NULL
        """, ct);

    /// <summary>The mark of whoever asks; null when the work was not given to them.</summary>
    public async Task<OwnMark?> Own(AssignmentId assignment, UserId learner, CancellationToken ct) =>
        OwnMark.Of(await Of(assignment, [learner], ct), actor.UserId);

    /// <summary>Whether whoever asks marks this work and may not know yet what others make of it.</summary>
    public Task<bool> IsBlind(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Value<bool>($"""
        SELECT COALESCE(bool_or(marker_id = {actor.UserId?.Value}::bigint) AND NOT bool_and(marked_at IS NOT NULL), false)
        FROM provisional_marks WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner}
        """, ct);

    /// <summary>Saves the mark of whoever asks upon the version that was seen, and ends the draft of its comment.</summary>
    public async Task<bool> Save(AssignmentId assignment, UserId learner, JudgedWork work, string comment, int seen, CancellationToken ct)
    {
        var (score, assessed) = (work.Score, work.Assessment is { } said ? Sql.Json(said).Text : null);
        var saved = await db.Execute($"""
            UPDATE provisional_marks k SET score = {score}, comment = {comment}, assessment = {assessed}::jsonb, marked_at = {db.Now},
                version = k.version + 1, blind_score = CASE WHEN EXISTS (SELECT 1 FROM provisional_marks o
                    WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = {assignment} AND o.user_id = {learner} AND o.marked_at IS NULL)
                    THEN {score} ELSE k.blind_score END
            WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.user_id = {learner}
                AND k.marker_id = {actor.Person} AND k.version = {seen}
            """, ct);
        if (saved == 1) await db.Execute($"""
            DELETE FROM comment_drafts WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner}
                AND grader_id = {actor.Person}
            """, ct);
        return saved == 1;
    }

    /// <summary>What markers said, for the learner, where the plan shows it; not who.</summary>
    public Task<List<SubmissionComment>> Told(AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<SubmissionComment>($"""
        SELECT 0 AS submission_comment_id, NULL::bigint AS submission_id, NULL::bigint AS author_id, NULL AS author_name, k.comment AS body,
            ARRAY[]::bigint[] AS file_ids, k.marked_at AS created_at, false AS from_zip, NULL::timestamptz AS seen_at,
            false AS at_once, false AS waits
        FROM provisional_marks k JOIN marking_plans q ON q.tenant_id = k.tenant_id AND q.assignment_id = k.assignment_id
        WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.user_id = {learner} AND q.shows_comments
            AND k.marked_at IS NOT NULL AND k.comment <> '' ORDER BY k.marked_at
        """, ct);

    public Task Skip(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Execute($"""
        UPDATE provisional_marks SET skipped_at = {db.Now}
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} AND marker_id = {actor.Person}
        """, ct);

    /// <summary>Work handed in that is whoever asks' to mark, oldest first. Nobody else is given it in their place.</summary>
    public Task<List<GradingClaim>> Next(CourseId course, AssignmentId assignment, int count, CancellationToken ct) =>
        db.Query<GradingClaim>($"""
        SELECT k.user_id, s.since, {db.Now + ClaimStore.Lease}::timestamptz AS claimed_until, k.skipped_at
        {Open(course, assignment)} AND k.marked_at IS NULL ORDER BY k.skipped_at NULLS FIRST, s.since, k.user_id LIMIT {count}
        """, ct);

    public Task<QueueProgress> Progress(CourseId course, AssignmentId assignment, CancellationToken ct) => db.Get<QueueProgress>($"""
        SELECT (count(*) FILTER (WHERE k.marked_at IS NULL))::int AS waiting, 0 AS held_by_others, 0 AS returned, count(*)::int AS handed_in
        {Open(course, assignment)}
        """, ct);

    private Sql Open(CourseId course, AssignmentId assignment) => $"""
        FROM provisional_marks k CROSS JOIN LATERAL (
            SELECT max(h.submitted_at) AS since FROM submissions h
            WHERE h.tenant_id = {db.Tenant} AND h.course_id = {course} AND h.user_id = k.user_id AND h.assignment_id = {assignment}) s
        WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} AND k.marker_id = {actor.Person} AND s.since IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM mark_decisions d WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment}
                AND d.user_id = k.user_id)
        """;
}
