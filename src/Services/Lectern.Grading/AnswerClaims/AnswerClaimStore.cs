using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.GradingClaims;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.AnswerClaims;

/// <summary>
/// The queue of answers to one question that wait for a grader; equal ones are one piece of work. What waits is what waits in the queue of
/// work too, so nobody is asked about an answer of work that was graded as a whole or given back.
/// </summary>
internal sealed class AnswerClaimStore(TenantDb db, Actor actor)
{
    /// <summary>Takes groups of equal answers until so many are held, those held already first, then those that most gave.</summary>
    public async Task<List<AnswerClaim>> Claim(AskedOf asked, int count, CancellationToken ct)
    {
        // One after the other: two who ask in the same instant would be shown the same ones.
        await db.Execute($"""
            SELECT pg_advisory_xact_lock(
                hashtextextended('answers/' || {db.Tenant} || '/' || {asked.Assignment} || '/' || {asked.Question}, 0))
            """, ct);
        await db.Execute($"""
            DELETE FROM answer_claims c
            WHERE {Claims(asked)} AND c.claimed_by = {actor.Person}
                AND NOT EXISTS (SELECT 1 {Waiting(asked)} AND m.answer_sha256 = c.answer_sha256)
            """, ct);
        return await db.Query<AnswerClaim>($"""
            WITH waiting AS (SELECT m.answer_sha256, count(*)::int AS learners {Waiting(asked)} GROUP BY m.answer_sha256),
            next AS (
                SELECT w.answer_sha256, w.learners, c.skipped_at, c.claimed_by IS NOT NULL AND c.claimed_until > {db.Now} AS mine
                FROM waiting w LEFT JOIN answer_claims c ON {Claims(asked)} AND c.answer_sha256 = w.answer_sha256
                WHERE c.claimed_by IS NULL OR c.claimed_by = {actor.Person} OR c.claimed_until <= {db.Now}
                ORDER BY mine DESC, c.skipped_at NULLS FIRST, w.learners DESC, w.answer_sha256 LIMIT {count}),
            taken AS (
                INSERT INTO answer_claims (tenant_id, assignment_id, question_id, answer_sha256, claimed_by, claimed_until)
                SELECT {db.Tenant}, {asked.Assignment}, {asked.Question}, n.answer_sha256, {actor.Person}, {Until} FROM next n
                ON CONFLICT (tenant_id, assignment_id, question_id, answer_sha256)
                    DO UPDATE SET claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
                RETURNING answer_sha256, claimed_until)
            SELECT t.answer_sha256, t.claimed_until FROM next n JOIN taken t ON t.answer_sha256 = n.answer_sha256
            ORDER BY n.mine DESC, n.skipped_at NULLS FIRST, n.learners DESC, n.answer_sha256
            """, ct);
    }

    /// <summary>Says that the grader is still at these; answers which of them are still theirs.</summary>
    public Task<List<AnswerClaim>> Renew(AskedOf asked, byte[][] keys, CancellationToken ct) => db.Query<AnswerClaim>($"""
        UPDATE answer_claims c SET claimed_until = {Until}
        WHERE {Claims(asked)} AND c.answer_sha256 = ANY ({keys}) AND c.claimed_by = {actor.Person} AND c.claimed_until > {db.Now}
        RETURNING c.answer_sha256, c.claimed_until
        """, ct);

    /// <summary>Gives answers back to the queue; passed over, they come last.</summary>
    public Task Release(AskedOf asked, byte[] key, bool skipped, CancellationToken ct)
    {
        DateTimeOffset? at = skipped ? db.Now : null;
        return db.Execute($"""
            UPDATE answer_claims c SET claimed_by = NULL, claimed_until = NULL, skipped_at = COALESCE({at}::timestamptz, c.skipped_at)
            WHERE {Claims(asked)} AND c.answer_sha256 = {key} AND c.claimed_by = {actor.Person}
            """, ct);
    }

    /// <summary>Who holds these answers, other than the one who asks.</summary>
    public Task<AnswerHolder?> HolderOf(AskedOf asked, byte[] key, CancellationToken ct) => db.Find<AnswerHolder>($"""
        SELECT c.claimed_by AS user_id, p.name, c.claimed_until AS until FROM answer_claims c
        LEFT JOIN people p ON p.tenant_id = c.tenant_id AND p.user_id = c.claimed_by
        WHERE {Claims(asked)} AND c.answer_sha256 = {key} AND c.claimed_by <> {actor.Person} AND c.claimed_until > {db.Now}
        """, ct);

    /// <summary>
    /// Marks of these equal answers, each group's first ones, those that wait before the others. What others gave for work that
    /// whoever asks has yet to assess in a calibration is left out: without its score it would seem to wait.
    /// </summary>
    public Task<List<PlacedAnswer>> Members(AskedOf asked, byte[][] keys, int most, CancellationToken ct)
    {
        var open = CalibrationStore.Open(db.Tenant, asked.Assignment, actor.UserId);
        return db.Query<PlacedAnswer>($"""
            SELECT t.answer_sha256, t.submission_id, t.user_id, t.score, t.feedback, t.version, t.waiting, t.judged FROM (
                SELECT m.answer_sha256, m.submission_id, m.user_id, m.score, m.feedback, m.version,
                    (count(*) FILTER (WHERE m.score IS NULL) OVER (PARTITION BY m.answer_sha256))::int AS waiting,
                    count(m.score) OVER (PARTITION BY m.answer_sha256)::int AS judged,
                    row_number() OVER (PARTITION BY m.answer_sha256 ORDER BY m.score IS NOT NULL, m.submission_id) AS place
                FROM question_marks m {Work}
                WHERE {Marks(asked)} AND m.answer_sha256 = ANY ({keys}) AND CASE WHEN m.score IS NULL THEN {Waits}
                    ELSE m.actor_id = {actor.Person} OR m.user_id NOT IN ({open}) END) t
            WHERE t.place <= {most} ORDER BY t.answer_sha256, t.place
            """, ct);
    }

    /// <summary>How one of each of these was typed.</summary>
    public Task<List<TypedAnswer>> Typed(string question, IReadOnlyCollection<SubmissionId> attempts, CancellationToken ct) =>
        db.Query<TypedAnswer>($"""
            SELECT s.submission_id, COALESCE(s.answers ->> {question}, '') AS answer FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({attempts.ToArray()})
            """, ct);

    /// <summary>How far the marking of one question has come, or of all of them.</summary>
    public Task<List<QuestionProgress>> Progress(CourseId course, AssignmentId assignment, string? question, CancellationToken ct) =>
        db.Query<QuestionProgress>($"""
            SELECT m.question_id, count(m.score)::int AS judged, count(*) FILTER (WHERE m.score IS NULL AND {Waits})::int AS waiting,
                count(*) FILTER (WHERE m.score IS NULL AND {Waits} AND c.claimed_by <> {actor.Person} AND c.claimed_until > {db.Now})::int
                    AS held_by_others
            FROM question_marks m {Work}
            LEFT JOIN answer_claims c ON c.tenant_id = m.tenant_id AND c.assignment_id = m.assignment_id
                AND c.question_id = m.question_id AND c.answer_sha256 = m.answer_sha256
            WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.assignment_id = {assignment} AND NOT m.superseded
                {Sql.When(question is not null, $"AND m.question_id = {question}")}
            GROUP BY m.question_id
            """, ct);

    private DateTimeOffset Until => db.Now + ClaimStore.Lease;

    private Sql Claims(AskedOf asked) =>
        $"c.tenant_id = {db.Tenant} AND c.assignment_id = {asked.Assignment} AND c.question_id = {asked.Question}";

    private Sql Marks(AskedOf asked) => $"""
        m.tenant_id = {db.Tenant} AND m.course_id = {asked.Course} AND m.assignment_id = {asked.Assignment}
        AND m.question_id = {asked.Question} AND NOT m.superseded
        """;

    private Sql Waiting(AskedOf asked) => $"FROM question_marks m {Work} WHERE {Marks(asked)} AND m.score IS NULL AND {Waits}";

    private static Sql Work => Sql.Raw("""
        LEFT JOIN ungraded_work q ON q.tenant_id = m.tenant_id AND q.course_id = m.course_id AND q.assignment_id = m.assignment_id
            AND q.user_id = m.user_id
        """);

    // A program that is still to be run waits for no person.
    private static Sql Waits => $"(q.user_id IS NOT NULL AND q.returned_at IS NULL AND m.outcome <> {AnswerOutcome.Waiting})";
}

/// <summary>A question of an assignment.</summary>
internal sealed record AskedOf(CourseId Course, AssignmentId Assignment, string Question);

/// <summary>Equal answers that are the grader's for a while.</summary>
internal sealed record AnswerClaim(byte[] AnswerSha256, DateTimeOffset ClaimedUntil);

/// <summary>A mark, whose it is, and how many there are of its kind.</summary>
internal sealed record PlacedAnswer(
    byte[] AnswerSha256, SubmissionId SubmissionId, UserId UserId, decimal? Score, string Feedback, int Version, int Waiting, int Judged);

/// <summary>An answer as it was typed.</summary>
internal sealed record TypedAnswer(SubmissionId SubmissionId, string Answer);
