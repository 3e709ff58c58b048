using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Work with references, and what graders said of it.</summary>
internal sealed class CalibrationStore(TenantDb db, Actor actor)
{
    /// <summary>A set is small, so that graders get through it.</summary>
    public const int MostWorks = 20;

    /// <summary>The set in the order it was made, which tells no names.</summary>
    public Task<List<CalibrationWork>> List(AssignmentId assignment, CancellationToken ct, UserId? only = null) =>
        db.Query<CalibrationWork>($"""
        SELECT w.user_id, COALESCE(p.name, '') AS name, w.submission_id, w.score, w.assessment, w.note, w.author_id, w.version,
            (SELECT count(*)::int FROM calibration_answers o WHERE o.tenant_id = {db.Tenant} AND o.assignment_id = {assignment}
                AND o.user_id = w.user_id) AS answers,
            a.score AS my_score, a.assessment AS my_assessment, a.comment AS my_comment, a.answered_at
        FROM calibration_works w
        LEFT JOIN people p ON p.tenant_id = w.tenant_id AND p.user_id = w.user_id
        LEFT JOIN calibration_answers a ON a.tenant_id = w.tenant_id AND a.assignment_id = w.assignment_id AND a.user_id = w.user_id
            AND a.grader_id = {actor.UserId?.Value}::bigint
        WHERE w.tenant_id = {db.Tenant} AND w.assignment_id = {assignment} {Sql.When(only is not null, $"AND w.user_id = {only}")}
        ORDER BY w.added_at, w.user_id
        """, ct);

    public async Task<CalibrationWork?> Find(AssignmentId assignment, UserId learner, CancellationToken ct) =>
        (await List(assignment, ct, learner)).FirstOrDefault();

    /// <summary>Whether whoever asks has still to assess this work without knowing what others make of it.</summary>
    public Task<bool> IsOpen(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Value<bool>(
        $"SELECT EXISTS ({Open(db.Tenant, assignment, actor.UserId)} AND w.user_id = {learner})", ct);

    /// <summary>Whose work of an assignment whoever asks has still to assess so.</summary>
    public async Task<HashSet<UserId>> Open(AssignmentId assignment, CancellationToken ct) =>
        [.. await db.Query<UserId>(Open(db.Tenant, assignment, actor.UserId), ct)];

    public static Sql Open(TenantId tenant, AssignmentId assignment, UserId? to) => $"""
        SELECT w.user_id FROM calibration_works w
        WHERE w.tenant_id = {tenant} AND w.assignment_id = {assignment} AND w.author_id <> {to?.Value}::bigint
            AND NOT EXISTS (SELECT 1 FROM calibration_answers a WHERE a.tenant_id = {tenant} AND a.assignment_id = {assignment}
                AND a.user_id = w.user_id AND a.grader_id = {to?.Value}::bigint)
        """;

    /// <summary>
    /// Graded work of a course whose grade is withheld from somebody: a piece for calibration that they have yet to assess. What they
    /// graded themselves they know. Begins from the course's assignments, by the keys of both tables.
    /// </summary>
    public static Sql Withheld(TenantId tenant, CourseId course, UserId? from) => $"""
        SELECT w.assignment_id, w.user_id FROM assignments a
        JOIN calibration_works w ON w.tenant_id = {tenant} AND w.assignment_id = a.assignment_id
        JOIN grades g ON g.tenant_id = {tenant} AND g.course_id = {course} AND g.user_id = w.user_id
            AND g.assignment_id = w.assignment_id
        WHERE a.tenant_id = {tenant} AND a.course_id = {course} AND w.author_id <> {from?.Value}::bigint
            AND g.grader_id IS DISTINCT FROM {from?.Value}::bigint
            AND NOT EXISTS (SELECT 1 FROM calibration_answers r
                WHERE r.tenant_id = {tenant} AND r.assignment_id = w.assignment_id AND r.user_id = w.user_id
                    AND r.grader_id = {from?.Value}::bigint)
        """;

    /// <summary>The same of whoever asks, of one assignment or one learner or all.</summary>
    public Task<List<WithheldWork>> Withheld(
        CourseId course, CancellationToken ct, AssignmentId? assignment = null, UserId? learner = null) =>
        db.Query<WithheldWork>($"""
            {Withheld(db.Tenant, course, actor.UserId)}
                {Sql.When(assignment is not null, $"AND w.assignment_id = {assignment}")}
                {Sql.When(learner is not null, $"AND w.user_id = {learner}")}
            """, ct);

    /// <summary>Sets a reference upon the version that was seen, 0 for none; false when it is another, or the set is full.</summary>
    public async Task<bool> Save(
        AssignmentId assignment, UserId learner, SubmissionId attempt, JudgedWork work, string note, int seen, CancellationToken ct)
    {
        var (score, assessed) = (work.Score, work.Assessment is { } said ? Sql.Json(said).Text : null);
        return await db.Execute(seen == 0
            ? (Sql)$"""
                INSERT INTO calibration_works (
                    tenant_id, assignment_id, user_id, submission_id, score, assessment, note, author_id, added_at)
                SELECT {db.Tenant}, {assignment}, {learner}, {attempt}, {score}, {assessed}::jsonb, {note}, {actor.Person}, {db.Now}
                WHERE (SELECT count(*) FROM calibration_works w
                    WHERE w.tenant_id = {db.Tenant} AND w.assignment_id = {assignment}) < {MostWorks}
                ON CONFLICT DO NOTHING
                """
            : $"""
                UPDATE calibration_works SET score = {score}, assessment = {assessed}::jsonb, note = {note}, author_id = {actor.Person},
                    version = version + 1
                WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} AND version = {seen}
                """, ct) == 1;
    }

    /// <summary>Takes work out of the set with what was said of it, if its reference still is as it was seen.</summary>
    public async Task<bool> Remove(AssignmentId assignment, UserId learner, int seen, CancellationToken ct)
    {
        var removed = await db.Execute($"""
            DELETE FROM calibration_works
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} AND version = {seen}
            """, ct);
        if (removed == 1) await db.Execute($"""
            DELETE FROM calibration_answers WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner}
            """, ct);
        return removed == 1;
    }

    /// <summary>Keeps an answer; false when there is one, which stays, or when the work is no longer in the set.</summary>
    public async Task<bool> Answer(AssignmentId assignment, UserId learner, JudgedWork work, string comment, CancellationToken ct)
    {
        var assessed = work.Assessment is { } said ? Sql.Json(said).Text : null;
        return await db.Execute($"""
            INSERT INTO calibration_answers (tenant_id, assignment_id, user_id, grader_id, score, assessment, comment, answered_at)
            SELECT w.tenant_id, w.assignment_id, w.user_id, {actor.Person}, {work.Score}, {assessed}::jsonb, {comment}, {db.Now}
            FROM calibration_works w
            WHERE w.tenant_id = {db.Tenant} AND w.assignment_id = {assignment} AND w.user_id = {learner}
            ON CONFLICT DO NOTHING
            """, ct) == 1;
    }

    /// <summary>Every answer beside its reference.</summary>
    public Task<List<CalibrationPair>> Pairs(AssignmentId assignment, CancellationToken ct) => db.Query<CalibrationPair>($"""
        SELECT a.grader_id, a.score, a.assessment, w.score AS reference, w.assessment AS reference_assessment
        FROM calibration_answers a
        JOIN calibration_works w ON w.tenant_id = a.tenant_id AND w.assignment_id = a.assignment_id AND w.user_id = a.user_id
        WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment}
        """, ct);
}

/// <summary>Whose grade on what is withheld.</summary>
internal sealed record WithheldWork(AssignmentId AssignmentId, UserId UserId)
{
    public static readonly Refusal Refused = new(
        "calibration_open", "This work is in the calibration set: assess it there first. Then you see what it was graded.");
}

/// <summary>What a grader said of a piece of work, and the reference as it is now.</summary>
internal sealed record CalibrationPair(
    UserId GraderId, decimal Score, Assessment? Assessment, decimal Reference, Assessment? ReferenceAssessment);
