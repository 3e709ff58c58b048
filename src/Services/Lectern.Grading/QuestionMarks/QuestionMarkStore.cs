using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.QuestionMarks;

/// <summary>What answers earned.</summary>
internal sealed class QuestionMarkStore(TenantDb db, Actor actor)
{
    /// <summary>Attempts whose answers are to be judged.</summary>
    public Task<List<AnsweredAttempt>> Attempts(IReadOnlyCollection<SubmissionId> ids, CancellationToken ct) =>
        db.Query<AnsweredAttempt>($"""
            SELECT s.submission_id, s.user_id, s.answers FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.submission_id = ANY ({ids.ToArray()}) AND s.answers IS NOT NULL ORDER BY s.user_id
            """, ct);

    /// <summary>All attempts of these learners that were answered.</summary>
    public Task<List<AnsweredAttempt>> Attempts(
        CourseId course, AssignmentId assignment, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        db.Query<AnsweredAttempt>($"""
            SELECT s.submission_id, s.user_id, s.answers FROM submissions s
            WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.assignment_id = {assignment}
                AND s.user_id = ANY ({users.ToArray()}) AND s.answers IS NOT NULL ORDER BY s.user_id, s.attempt
            """, ct);

    public Task<List<QuestionMark>> Of(IReadOnlyCollection<SubmissionId> attempts, CancellationToken ct) => db.Query<QuestionMark>($"""
        SELECT {Sql.Raw(QuestionMark.Columns)} FROM question_marks m
        WHERE m.tenant_id = {db.Tenant} AND m.submission_id = ANY ({attempts.ToArray()})
        """, ct);

    /// <summary>Keeps first marks; those that are there already stay, so that doing it again changes nothing.</summary>
    public Task Add(CourseId course, AssignmentId assignment, IReadOnlyCollection<NewMark> marks, CancellationToken ct) =>
        db.Execute($"""
            INSERT INTO question_marks (tenant_id, submission_id, question_id, course_id, assignment_id, user_id, points, score, outcome,
                key_version, answer_sha256, at)
            SELECT {db.Tenant}, t.submission_id, t.question_id, {course}, {assignment}, t.user_id, t.points, t.score, t.outcome,
                t.key_version, t.answer_sha256, {db.Now}
            FROM unnest({marks.Select(mark => mark.Attempt.SubmissionId).ToArray()},
                {marks.Select(mark => mark.Question.QuestionId).ToArray()},
                {marks.Select(mark => mark.Attempt.UserId).ToArray()}, {marks.Select(mark => mark.Question.Points).ToArray()},
                {marks.Select(mark => mark.Score).ToArray()}, {marks.Select(mark => mark.Verdict.Outcome).ToArray()},
                {marks.Select(mark => mark.KeyVersion).ToArray()}, {marks.Select(mark => mark.AnswerSha256).ToArray()})
                AS t(submission_id, question_id, user_id, points, score, outcome, key_version, answer_sha256)
            ON CONFLICT DO NOTHING
            """, ct);

    /// <summary>Marks of these learners' earlier attempts no longer wait for anybody.</summary>
    public Task Supersede(CourseId course, AssignmentId assignment, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        db.Execute($"""
            UPDATE question_marks m SET superseded = true
            FROM submissions mine
            JOIN submissions newer ON newer.tenant_id = mine.tenant_id AND newer.course_id = mine.course_id
                AND newer.user_id = mine.user_id AND newer.assignment_id = mine.assignment_id AND newer.attempt > mine.attempt
            WHERE mine.tenant_id = {db.Tenant} AND mine.course_id = {course} AND mine.assignment_id = {assignment}
                AND mine.user_id = ANY ({users.ToArray()}) AND m.tenant_id = mine.tenant_id AND m.submission_id = mine.submission_id
                AND NOT m.superseded
            """, ct);

    /// <summary>What the marks of these attempts add up to; none where one of them waits for a person.</summary>
    public Task<List<MarkTotal>> Totals(IReadOnlyCollection<SubmissionId> attempts, CancellationToken ct) => db.Query<MarkTotal>($"""
        SELECT m.submission_id, m.user_id, CASE WHEN bool_and(m.score IS NOT NULL) THEN sum(m.score) END AS total FROM question_marks m
        WHERE m.tenant_id = {db.Tenant} AND m.submission_id = ANY ({attempts.ToArray()}) GROUP BY m.submission_id, m.user_id
        """, ct);

    /// <summary>Whose score was last said by something else than marks: by a grader, a file, a rubric.</summary>
    public async Task<HashSet<UserId>> ScoredOtherwise(
        AssignmentId assignment, IReadOnlyCollection<UserId> users, CancellationToken ct) =>
        [.. await db.Query<UserId>($"""
            SELECT u.user_id FROM unnest({users.ToArray()}) AS u(user_id)
            JOIN LATERAL (
                SELECT e.kind FROM grade_entries e
                WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {assignment} AND e.user_id = u.user_id
                    AND e.kind NOT IN ({EntryKind.Posting}, {EntryKind.Status})
                ORDER BY e.version DESC LIMIT 1) said ON said.kind <> {EntryKind.Marks}
            """, ct)];

    /// <summary>Marks of one question by attempts, with whose they are, and those of who made the same work and stand alike.</summary>
    public Task<List<PlacedMark>> Placed(
        AssignmentId assignment, string question, IReadOnlyCollection<SubmissionId> attempts, CancellationToken ct) =>
        db.Query<PlacedMark>($"""
            SELECT {Sql.Raw(QuestionMark.Columns)}, m.user_id, false AS along FROM question_marks m
            WHERE m.tenant_id = {db.Tenant} AND m.assignment_id = {assignment} AND m.question_id = {question}
                AND m.submission_id = ANY ({attempts.ToArray()})
            UNION
            SELECT {Sql.Raw(QuestionMark.Columns)}, m.user_id, true AS along FROM submissions named
            JOIN assignments a ON a.tenant_id = named.tenant_id AND a.assignment_id = named.assignment_id AND NOT a.grade_individually
            JOIN submissions s ON s.tenant_id = named.tenant_id AND s.group_submission_id = named.group_submission_id
            JOIN question_marks m ON m.tenant_id = s.tenant_id AND m.submission_id = s.submission_id AND m.question_id = {question}
            JOIN question_marks o ON o.tenant_id = s.tenant_id AND o.submission_id = named.submission_id AND o.question_id = {question}
                AND (o.score, o.feedback) IS NOT DISTINCT FROM (m.score, m.feedback)
            WHERE named.tenant_id = {db.Tenant} AND named.assignment_id = {assignment}
                AND named.submission_id = ANY ({attempts.ToArray()}) AND s.submission_id <> ALL ({attempts.ToArray()})
            """, ct);

    /// <summary>Keeps what programs did, where nobody has said anything since they were begun.</summary>
    public Task Ran(IReadOnlyCollection<RanProgram> ran, CancellationToken ct) => db.Execute($"""
        UPDATE question_marks m SET points = t.points, score = t.score, outcome = t.outcome, key_version = t.key_version,
            results = t.results::jsonb, at = {db.Now}, version = m.version + 1
        FROM unnest({ran.Select(one => one.Mark.SubmissionId).ToArray()}, {ran.Select(one => one.Mark.QuestionId).ToArray()},
            {ran.Select(one => one.Mark.Version).ToArray()}, {ran.Select(one => one.Question.Points).ToArray()},
            {ran.Select(one => one.Score).ToArray()}, {ran.Select(one => one.Verdict.Verdict.Outcome).ToArray()},
            {ran.Select(one => one.KeyVersion).ToArray()}, {ran.Select(one => Json(one.Verdict.Results)).ToArray()})
            AS t(submission_id, question_id, version, points, score, outcome, key_version, results)
        WHERE m.tenant_id = {db.Tenant} AND m.submission_id = t.submission_id AND m.question_id = t.question_id
            AND m.version = t.version AND NOT m.by_person
        """, ct);

    /// <summary>As a parameter of many.</summary>
    public static string? Json(TestResultList? results) => results is null ? null : Sql.Json(results).Text;

    /// <summary>Gives marks by a person, to those that still have the version seen; answers them as they then stand.</summary>
    public Task<List<QuestionMark>> Give(
        string question, IReadOnlyCollection<(SubmissionId Attempt, int Version)> seen, decimal? score, string feedback,
        CancellationToken ct) => db.Query<QuestionMark>($"""
            WITH held AS MATERIALIZED (
                SELECT h.submission_id FROM question_marks h
                JOIN unnest({seen.Select(one => one.Attempt).ToArray()}, {seen.Select(one => one.Version).ToArray()})
                    AS t(submission_id, version) ON t.submission_id = h.submission_id AND t.version = h.version
                WHERE h.tenant_id = {db.Tenant} AND h.question_id = {question} ORDER BY h.submission_id FOR UPDATE OF h)
            UPDATE question_marks m SET score = {score}::numeric, feedback = {feedback}, by_person = {score}::numeric IS NOT NULL,
                outcome = {AnswerOutcome.ForAPerson}, actor_id = {actor.UserId}, at = {db.Now}, version = m.version + 1
            FROM held
            WHERE m.tenant_id = {db.Tenant} AND m.submission_id = held.submission_id AND m.question_id = {question}
            RETURNING {Sql.Raw(QuestionMark.Columns)}
            """, ct);
}

/// <summary>An attempt with its answers.</summary>
internal sealed record AnsweredAttempt(SubmissionId SubmissionId, UserId UserId, AnswerSheet Answers);

/// <summary>A verdict that is to be kept.</summary>
internal sealed record NewMark(AnsweredAttempt Attempt, Question Question, AnswerVerdict Verdict, int KeyVersion)
{
    public decimal? Score => Verdict.Share is { } share ? decimal.Round(Question.Points * share, Scaled.Places) : null;

    public byte[] AnswerSha256 => EqualAnswers.KeyOf(Question.Key.Kind, Attempt.Answers.To(Question.QuestionId));
}

/// <summary>What a program that was run is worth.</summary>
internal sealed record RanProgram(QuestionMark Mark, Question Question, ProgramVerdict Verdict, int KeyVersion)
{
    public decimal? Score => Verdict.Verdict.Share is { } share ? decimal.Round(Question.Points * share, Scaled.Places) : null;
}

/// <summary>What an attempt's marks add up to.</summary>
internal sealed record MarkTotal(SubmissionId SubmissionId, UserId UserId, decimal? Total);

/// <summary>A mark and whose it is.</summary>
/// <param name="Along">Not named itself, but made together with one that is.</param>
internal sealed record PlacedMark(
    SubmissionId SubmissionId, string QuestionId, decimal Points, decimal? Score, AnswerOutcome Outcome, string Feedback, int KeyVersion,
    bool ByPerson, int Version, TestResultList? Results, UserId UserId, bool Along)
{
    public QuestionMark Mark =>
        new(SubmissionId, QuestionId, Points, Score, Outcome, Feedback, KeyVersion, ByPerson, Version, Results);
}
