using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.QuestionMarks;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Corrections, and what stood before each of the marks they gave.</summary>
internal sealed class KeyCorrectionStore(TenantDb db, Actor actor)
{
    private const int MostNamed = 50;

    private const string Columns = """
        c.key_correction_id, c.course_id, c.assignment_id, c.to_version, c.status, c.mark_count, c.score_count, c.kept_count, c.actor_id,
        (SELECT p.name FROM people p WHERE p.tenant_id = c.tenant_id AND p.user_id = c.actor_id) AS actor_name, c.at
        """;

    public Task<List<KeyCorrection>> List(AssignmentId assignment, CancellationToken ct) => db.Query<KeyCorrection>($"""
        SELECT {Sql.Raw(Columns)} FROM key_corrections c WHERE c.tenant_id = {db.Tenant} AND c.assignment_id = {assignment}
        ORDER BY c.key_correction_id DESC LIMIT 50
        """, ct);

    public Task<KeyCorrection?> Find(KeyCorrectionId id, CancellationToken ct) => db.Find<KeyCorrection>(
        $"SELECT {Sql.Raw(Columns)} FROM key_corrections c WHERE c.tenant_id = {db.Tenant} AND c.key_correction_id = {id}", ct);

    /// <summary>Begins one; null while another of the assignment is under way.</summary>
    public async Task<KeyCorrectionId?> Begin(CourseId course, AssignmentId assignment, int version, CancellationToken ct)
    {
        var begun = await db.Query<KeyCorrectionId>($"""
            INSERT INTO key_corrections (tenant_id, course_id, assignment_id, to_version, status, actor_id, at)
            VALUES ({db.Tenant}, {course}, {assignment}, {version}, 'applying', {actor.UserId}, {db.Now})
            ON CONFLICT DO NOTHING RETURNING key_correction_id
            """, ct);
        return begun.Count > 0 ? begun[0] : null;
    }

    /// <summary>Goes on to another state, where it was in this one and no other correction of the assignment is under way.</summary>
    public async Task<bool> Turn(KeyCorrectionId id, CorrectionStatus from, CorrectionStatus to, CancellationToken ct) =>
        await db.Execute($"""
            UPDATE key_corrections c SET status = {to}
            WHERE c.tenant_id = {db.Tenant} AND c.key_correction_id = {id} AND c.status = {from} AND NOT EXISTS (
                SELECT 1 FROM key_corrections o WHERE o.tenant_id = c.tenant_id AND o.assignment_id = c.assignment_id
                    AND o.key_correction_id <> c.key_correction_id AND o.status IN ('applying', 'undoing'))
            """, ct) == 1;

    public Task Count(KeyCorrectionId id, int marks, int scores, int kept, CancellationToken ct) => db.Execute($"""
        UPDATE key_corrections SET mark_count = mark_count + {marks}, score_count = score_count + {scores}, kept_count = kept_count + {kept}
        WHERE tenant_id = {db.Tenant} AND key_correction_id = {id}
        """, ct);

    /// <summary>The next learners who answered, in user order: along the index of attempts.</summary>
    public Task<List<UserId>> Answered(
        CourseId course, AssignmentId assignment, UserId? after, int learners, CancellationToken ct) => db.Query<UserId>($"""
            SELECT DISTINCT s.user_id FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id > {after?.Value ?? 0}
                AND s.assignment_id = {assignment} AND s.answers IS NOT NULL
            ORDER BY s.user_id LIMIT {learners}
            """, ct);

    /// <summary>
    /// Gives these marks where nobody has changed any since they were read, and remembers what stood before. Answers whose marks they were.
    /// </summary>
    public Task<List<MarkPlace>> Give(KeyCorrection correction, IReadOnlyCollection<CorrectedMark> marks, CancellationToken ct) =>
        db.Query<MarkPlace>($"""
            WITH meant AS (
                SELECT t.submission_id, t.question_id, t.version, t.points, t.score, t.outcome, t.results
                FROM unnest({marks.Select(mark => mark.Was.SubmissionId).ToArray()},
                    {marks.Select(mark => mark.Was.QuestionId).ToArray()}, {marks.Select(mark => mark.Was.Version).ToArray()},
                    {marks.Select(mark => mark.Points).ToArray()}, {marks.Select(mark => mark.Score).ToArray()},
                    {marks.Select(mark => mark.Outcome).ToArray()},
                    {marks.Select(mark => QuestionMarkStore.Json(mark.Verdict.Results)).ToArray()})
                    AS t(submission_id, question_id, version, points, score, outcome, results)),
            held AS MATERIALIZED (
                SELECT m.tenant_id, m.user_id, m.submission_id, m.question_id, m.points, m.score, m.outcome, m.key_version, m.by_person,
                    m.actor_id, m.results, m.at
                FROM question_marks m
                JOIN meant t ON t.submission_id = m.submission_id AND t.question_id = m.question_id AND t.version = m.version
                WHERE m.tenant_id = {db.Tenant} ORDER BY m.submission_id, m.question_id FOR UPDATE OF m),
            remembered AS (
                INSERT INTO key_correction_marks (tenant_id, key_correction_id, user_id, submission_id, question_id, points, score, outcome,
                    points_before, score_before, outcome_before, key_version_before, by_person_before, actor_id_before, results_before,
                    at_before)
                SELECT h.tenant_id, {correction.KeyCorrectionId}, h.user_id, h.submission_id, h.question_id, t.points, t.score, t.outcome,
                    h.points, h.score, h.outcome, h.key_version, h.by_person, h.actor_id, h.results, h.at
                FROM held h JOIN meant t ON t.submission_id = h.submission_id AND t.question_id = h.question_id)
            UPDATE question_marks m SET points = t.points, score = t.score, outcome = t.outcome, results = t.results::jsonb,
                key_version = {correction.ToVersion}, by_person = false, actor_id = {correction.ActorId}, at = {db.Now},
                version = m.version + 1
            FROM held h JOIN meant t ON t.submission_id = h.submission_id AND t.question_id = h.question_id
            WHERE m.tenant_id = h.tenant_id AND m.submission_id = h.submission_id AND m.question_id = h.question_id
            RETURNING m.submission_id, m.user_id
            """, ct);

    public Task Remember(KeyCorrectionId id, IReadOnlyCollection<CorrectedLearner> learners, CancellationToken ct) => db.Execute($"""
        INSERT INTO key_correction_learners (tenant_id, key_correction_id, user_id, grade_version)
        SELECT {db.Tenant}, {id}, t.user_id, t.grade_version
        FROM unnest({learners.Select(one => one.UserId).ToArray()}, {learners.Select(one => one.GradeVersion).ToArray()})
            AS t(user_id, grade_version)
        """, ct);

    /// <summary>The next so many whom it concerned.</summary>
    public Task<List<CorrectedLearner>> Next(KeyCorrectionId id, UserId? after, int learners, CancellationToken ct) =>
        db.Query<CorrectedLearner>($"""
            SELECT l.user_id, l.grade_version FROM key_correction_learners l
            WHERE l.tenant_id = {db.Tenant} AND l.key_correction_id = {id} AND l.user_id > {after?.Value ?? 0}
            ORDER BY l.user_id LIMIT {learners}
            """, ct);

    /// <summary>Of whose marks somebody changed one since, so that it is no longer what the correction gave.</summary>
    public async Task<HashSet<UserId>> MarkedSince(KeyCorrection correction, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        [.. await db.Query<UserId>($"""
            SELECT DISTINCT c.user_id FROM key_correction_marks c
            JOIN question_marks m ON m.tenant_id = c.tenant_id AND m.submission_id = c.submission_id AND m.question_id = c.question_id
            WHERE c.tenant_id = {db.Tenant} AND c.key_correction_id = {correction.KeyCorrectionId} AND c.user_id = ANY ({users.ToArray()})
                AND (m.points, m.score, m.outcome, m.key_version, m.by_person)
                    IS DISTINCT FROM (c.points, c.score, c.outcome, {correction.ToVersion}, false)
            """, ct)];

    /// <summary>Attempts of these learners that would be worth something else with the marks before, or nothing yet.</summary>
    public Task<List<SubmissionId>> Moved(KeyCorrectionId id, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        db.Query<SubmissionId>($"""
            SELECT c.submission_id FROM key_correction_marks c
            WHERE c.tenant_id = {db.Tenant} AND c.key_correction_id = {id} AND c.user_id = ANY ({users.ToArray()})
            GROUP BY c.submission_id HAVING bool_or(c.score_before IS NULL) OR sum(c.score_before) <> sum(c.score)
            """, ct);

    /// <summary>Puts back what stood before in the marks of these learners.</summary>
    public Task PutBack(KeyCorrectionId id, IReadOnlyCollection<UserId> users, CancellationToken ct) => db.Execute($"""
        UPDATE question_marks m SET points = c.points_before, score = c.score_before, outcome = c.outcome_before,
            key_version = c.key_version_before, by_person = c.by_person_before, actor_id = c.actor_id_before, results = c.results_before,
            at = c.at_before, version = m.version + 1
        FROM key_correction_marks c
        WHERE c.tenant_id = {db.Tenant} AND c.key_correction_id = {id} AND c.user_id = ANY ({users.ToArray()})
            AND m.tenant_id = c.tenant_id AND m.submission_id = c.submission_id AND m.question_id = c.question_id
        """, ct);

    public Task Keep(KeyCorrectionId id, IReadOnlyCollection<UserId> users, CancellationToken ct) => db.Execute($"""
        UPDATE key_correction_learners SET kept = true
        WHERE tenant_id = {db.Tenant} AND key_correction_id = {id} AND user_id = ANY ({users.ToArray()})
        """, ct);

    /// <summary>The first of those whom undoing these left alone.</summary>
    public async Task<ILookup<KeyCorrectionId, KeptLearner>> Kept(IReadOnlyCollection<KeyCorrectionId> ids, CancellationToken ct) =>
        (await db.Query<KeptOf>($"""
            SELECT k.key_correction_id, k.user_id, p.name FROM unnest({ids.ToArray()}) AS c(id)
            CROSS JOIN LATERAL (
                SELECT l.tenant_id, l.key_correction_id, l.user_id FROM key_correction_learners l
                WHERE l.tenant_id = {db.Tenant} AND l.key_correction_id = c.id AND l.kept ORDER BY l.user_id LIMIT {MostNamed}) k
            LEFT JOIN people p ON p.tenant_id = k.tenant_id AND p.user_id = k.user_id
            """, ct)).ToLookup(one => one.KeyCorrectionId, one => new KeptLearner(one.UserId, one.Name));

    private sealed record KeptOf(KeyCorrectionId KeyCorrectionId, UserId UserId, string? Name);
}

/// <summary>An answer's attempt, and whose it is.</summary>
internal sealed record MarkPlace(SubmissionId SubmissionId, UserId UserId);
