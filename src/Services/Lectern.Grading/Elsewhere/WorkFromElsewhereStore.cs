using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Elsewhere;

/// <summary>Writes many learners' work at once. What is already there stays: taking the same records in again changes nothing.</summary>
internal sealed class WorkFromElsewhereStore(TenantDb db)
{
    /// <summary>Makes the course's groups count by their weights, as one more version of its rules.</summary>
    public Task WeightGroups(CourseId course, CancellationToken ct) => db.Execute($"""
        WITH next AS (
            UPDATE gradebooks SET policy_version = policy_version + 1 WHERE tenant_id = {db.Tenant} AND course_id = {course}
                RETURNING policy_version)
        INSERT INTO grading_policies (tenant_id, course_id, policy_version, policy, reason, at)
        SELECT {db.Tenant}, {course}, policy_version, {Sql.Json(GradingRules.Default with { Weighting = Weighting.Percent })},
            'weighted groups', {db.Now} FROM next
        """, ct);

    public async Task Record(CourseId course, IReadOnlyList<WorkFromElsewhere> work, CancellationToken ct)
    {
        await HandIn(course, work.Where(piece => piece.SubmittedAt is not null).ToList(), ct);
        await Grade(course, work.Where(piece => piece.Score is not null).ToList(), ct);
        await Comment(course, work.Where(piece => piece.Comment is not null).ToList(), ct);
        await Wait(course, work.Where(piece => piece.SubmittedAt is not null && piece.Score is null).ToList(), ct);
    }

    private Task HandIn(CourseId course, List<WorkFromElsewhere> work, CancellationToken ct)
    {
        var texts = work.ConvertAll(piece => piece.BodyText ?? string.Empty);
        return db.Execute($"""
            INSERT INTO submissions (tenant_id, course_id, assignment_id, user_id, attempt, type, body_text, submitted_at, due_at, late,
                seconds_late,
                receipt_no, receipt_sha256, content_sha256)
            SELECT {db.Tenant}, {course}, w.assignment_id, w.user_id, 1, 'text', NULLIF(w.body, ''), w.submitted_at, a.due_at,
                COALESCE(w.submitted_at > a.due_at, false),
                GREATEST(0, COALESCE(floor(extract(epoch FROM w.submitted_at - a.due_at)), 0))::bigint,
                    'E-' || w.assignment_id || '-' || w.user_id, w.hash, w.hash
            FROM unnest({Assignments(work)}, {Users(work)}, {texts}, {work.ConvertAll(piece => piece.SubmittedAt!.Value.UtcDateTime)},
                {texts.ConvertAll(Hash)})
                AS w(assignment_id, user_id, body, submitted_at, hash)
            JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = w.assignment_id
            ON CONFLICT DO NOTHING
            """, ct);
    }

    private Task Grade(CourseId course, List<WorkFromElsewhere> work, CancellationToken ct) => db.Execute($"""
        WITH said AS (
            SELECT w.assignment_id, w.user_id, w.score, w.at, w.grader_id, s.submission_id
            FROM unnest({Assignments(work)}, {Users(work)}, {work.ConvertAll(piece => piece.Score!.Value)},
                {work.ConvertAll(piece => (piece.GradedAt ?? db.Now).UtcDateTime)},
                    {work.ConvertAll(piece => piece.GraderId?.Value)}) AS w(assignment_id, user_id, score, at, grader_id)
            LEFT JOIN submissions s ON s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = w.user_id
                AND s.assignment_id = w.assignment_id AND s.attempt = 1
        ), entered AS (
            INSERT INTO grade_entries (tenant_id, assignment_id, user_id, version, grade_entry_id, course_id, kind, entered_score, status,
                posted_at,
                submission_id, source, actor_id, reason, at)
            SELECT {db.Tenant}, assignment_id, user_id, 1, gen_random_uuid(), {course}, 'score', score, 'computed', at, submission_id,
                'import', grader_id, 'recorded elsewhere', at
            FROM said ON CONFLICT DO NOTHING RETURNING assignment_id, user_id
        )
        INSERT INTO grades (tenant_id, course_id, assignment_id, user_id, entered_score, points_deducted, score, status, posted_at,
            submission_id, source, grader_id, graded_at, version)
        SELECT {db.Tenant}, {course}, assignment_id, user_id, score, 0, score, 'computed', at, submission_id, 'import', grader_id, at, 1
        FROM said JOIN entered USING (assignment_id, user_id)
        """, ct);

    private Task Comment(CourseId course, List<WorkFromElsewhere> work, CancellationToken ct) => db.Execute($"""
        INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, created_at)
        SELECT {db.Tenant}, {course}, w.assignment_id, w.user_id, s.submission_id, w.author_id, w.body, w.at
        FROM unnest({Assignments(work)}, {Users(work)}, {work.ConvertAll(piece => piece.GraderId?.Value)},
            {work.ConvertAll(piece => piece.Comment!)},
            {work.ConvertAll(piece => (piece.GradedAt ?? db.Now).UtcDateTime)}) AS w(assignment_id, user_id, author_id, body, at)
        LEFT JOIN submissions s ON s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = w.user_id
            AND s.assignment_id = w.assignment_id AND s.attempt = 1
        WHERE NOT EXISTS (SELECT 1 FROM submission_comments c WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course}
            AND c.user_id = w.user_id
            AND c.assignment_id = w.assignment_id AND c.body = w.body)
        """, ct);

    private Task Wait(CourseId course, List<WorkFromElsewhere> work, CancellationToken ct) => db.Execute($"""
        INSERT INTO ungraded_work (tenant_id, course_id, assignment_id, user_id, since)
        SELECT {db.Tenant}, {course}, w.assignment_id, w.user_id, w.since
        FROM unnest({Assignments(work)}, {Users(work)},
            {work.ConvertAll(piece => piece.SubmittedAt!.Value.UtcDateTime)}) AS w(assignment_id, user_id, since)
        WHERE NOT EXISTS (SELECT 1 FROM grades g WHERE g.tenant_id = {db.Tenant} AND g.course_id = {course} AND g.user_id = w.user_id
            AND g.assignment_id = w.assignment_id)
        ON CONFLICT DO NOTHING
        """, ct);

    private static AssignmentId[] Assignments(List<WorkFromElsewhere> work) => [.. work.Select(piece => piece.AssignmentId)];

    private static UserId[] Users(List<WorkFromElsewhere> work) => [.. work.Select(piece => piece.UserId)];

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
