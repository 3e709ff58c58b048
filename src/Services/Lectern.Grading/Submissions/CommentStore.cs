using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.FeedbackImports;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Submissions;

/// <summary>Remarks on learners' work.</summary>
internal sealed class CommentStore(TenantDb db, Actor actor)
{
    /// <summary>Adds remarks with the commit, in one statement, and tells of them.</summary>
    public void AddAtCommit(CourseId course, IReadOnlyCollection<NewRemark> remarks)
    {
        if (remarks.Count == 0) return;
        db.AtCommit($"""
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, created_at,
                at_once, waits)
            SELECT {db.Tenant}, {course}, t.assignment_id, t.user_id, t.submission_id, {actor.UserId?.Value}::bigint, t.body, {db.Now},
                t.at_once, t.waits
            FROM unnest({remarks.Select(remark => remark.AssignmentId).ToArray()}, {remarks.Select(remark => remark.Learner).ToArray()},
                {remarks.Select(remark => remark.SubmissionId?.Value).ToArray()}, {remarks.Select(remark => remark.Body).ToArray()},
                {remarks.Select(remark => remark.AtOnce).ToArray()}, {remarks.Select(remark => remark.Waits).ToArray()})
                WITH ORDINALITY AS t(assignment_id, user_id, submission_id, body, at_once, waits, n)
            ORDER BY t.n
            """);
        // What was being written has been said.
        db.AtCommit($"""
            DELETE FROM comment_drafts d
            USING unnest({remarks.Select(remark => remark.AssignmentId).ToArray()}, {remarks.Select(remark => remark.Learner).ToArray()})
                AS t(assignment_id, user_id)
            WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = t.assignment_id AND d.user_id = t.user_id
                AND d.grader_id = {actor.UserId?.Value}
            """);
        if (actor.UserId is { } author) db.RaiseAll([.. remarks.Where(one => one.Learner != author && !one.Waits).Select(remark =>
            new FeedbackGiven(remark.AssignmentId, course, remark.Learner, author))]);
    }

    /// <summary>Adds a remark to an attempt, and tells of it unless it waits.</summary>
    public async Task<SubmissionComment> Add(
        CourseId course, Submission about, string body, FileId[] files, bool atOnce, CancellationToken ct)
    {
        var id = await db.Get<SubmissionCommentId>($"""
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, file_ids,
                created_at, at_once, waits)
            SELECT {db.Tenant}, {course}, {about.AssignmentId}, {about.UserId}, {about.SubmissionId}, {actor.UserId}, {body}, {files},
                {db.Now}, {atOnce}, NOT {atOnce} AND {IsKept(about.AssignmentId, Sql.Raw("w.user_id"))}
            FROM (SELECT {about.UserId}::bigint AS user_id) w
            RETURNING submission_comment_id
            """, ct);
        var added = (await About(course, about.AssignmentId, about.UserId, ct)).Single(one => one.SubmissionCommentId == id);
        if (actor.UserId is { } author && author != about.UserId && !added.Waits)
            db.Raise(new FeedbackGiven(about.AssignmentId, course, about.UserId, author));
        return added;
    }

    /// <summary>
    /// What <see cref="GradebookProjection.KeepsRemarks"/> says, of the learner that a column of the statement names.
    /// </summary>
    private Sql IsKept(AssignmentId assignment, Sql learner) => $"""
        (SELECT COALESCE((
            SELECT {GradebookProjection.Withheld} FROM grades g
            WHERE g.tenant_id = {db.Tenant} AND g.course_id = a.course_id AND g.user_id = {learner} AND g.assignment_id = {assignment}),
            a.posts_manually)
        FROM assignments a WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment})
        """;

    /// <summary>Lets go of remarks that waited and that their learners may read by now, of some learners or of so many at most.</summary>
    public Task<List<LetGo>> LetGo(AssignmentId assignment, UserId[]? only, int most, CancellationToken ct) => db.Query<LetGo>($"""
        UPDATE submission_comments c SET waits = false
        FROM (SELECT w.submission_comment_id FROM submission_comments w
            WHERE w.tenant_id = {db.Tenant} AND w.assignment_id = {assignment} AND w.waits
                {Sql.When(only is not null, $"AND w.user_id = ANY ({only ?? []})")}
                AND NOT {IsKept(assignment, Sql.Raw("w.user_id"))}
            ORDER BY w.user_id, w.submission_comment_id LIMIT {most}) w
        WHERE c.tenant_id = {db.Tenant} AND c.submission_comment_id = w.submission_comment_id
        RETURNING c.course_id, c.user_id, c.author_id
        """, ct);

    /// <summary>
    /// Attaches files that came out of a ZIP to work, a remark without words for each learner; where a group is graded as one, for all who
    /// made it. Answers how many learners got some.
    /// </summary>
    public async Task<int> AddFiles(
        Assignment assignment, FeedbackImportId import, IReadOnlyCollection<FileRemark> remarks, CancellationToken ct)
    {
        var (work, files) = (remarks.SelectMany(one => one.Files.Select(_ => one.Work)), remarks.SelectMany(one => one.Files));
        var given = await db.Query<Given>($"""
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, file_ids,
                created_at, feedback_import_id, waits)
            SELECT {db.Tenant}, {assignment.CourseId}, {assignment.AssignmentId}, s.user_id, s.submission_id, {actor.Person}, '',
                t.file_ids, {db.Now}, {import}, {IsKept(assignment.AssignmentId, Sql.Raw("s.user_id"))}
            FROM (SELECT f.submission_id, array_agg(f.file_id ORDER BY f.n) AS file_ids
                FROM unnest({work.ToArray()}, {files.ToArray()}) WITH ORDINALITY AS f(submission_id, file_id, n)
                GROUP BY f.submission_id) t
            JOIN submissions a ON a.tenant_id = {db.Tenant} AND a.submission_id = t.submission_id
            JOIN LATERAL (
                SELECT a.user_id, a.submission_id
                {Sql.When(assignment is { IsGroupWork: true, GradeIndividually: false }, $"""
                UNION SELECT m.user_id, m.submission_id FROM submissions m
                WHERE m.tenant_id = {db.Tenant} AND m.group_submission_id = a.group_submission_id AND NOT EXISTS (
                    SELECT 1 FROM submissions n
                    WHERE n.tenant_id = {db.Tenant} AND n.course_id = m.course_id AND n.user_id = m.user_id
                        AND n.assignment_id = m.assignment_id AND n.attempt > m.attempt)
                """)}) s ON true
            RETURNING user_id, waits
            """, ct);
        // Who is not to see it yet is not told of it either: the posting tells them.
        db.RaiseAll([.. given.Where(one => !one.Waits).Select(one => one.UserId).Distinct().Select(learner =>
            new FeedbackGiven(assignment.AssignmentId, assignment.CourseId, learner, actor.Person))]);
        return given.DistinctBy(one => one.UserId).Count();
    }

    /// <summary>Takes back what a ZIP attached and its learner has not seen. Answers the files of what went, and of what stays.</summary>
    public async Task<(List<FileId[]> Taken, List<FileId[]> Kept)> TakeBack(FeedbackImportId import, CancellationToken ct)
    {
        var taken = await db.Query<Attached>($"""
            DELETE FROM submission_comments WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import} AND seen_at IS NULL
            RETURNING file_ids
            """, ct);
        var kept = await db.Query<Attached>(
            $"SELECT file_ids FROM submission_comments WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}", ct);
        return (taken.ConvertAll(one => one.FileIds), kept.ConvertAll(one => one.FileIds));
    }

    /// <summary>The learner, or who answers for them, is shown these now; from here on they are not taken back.</summary>
    public void SeenAtCommit(IReadOnlyCollection<SubmissionComment> shown)
    {
        var first = shown.Where(comment => comment is { FromZip: true, SeenAt: null })
            .Select(comment => comment.SubmissionCommentId).ToArray();
        if (first.Length == 0) return;
        db.AtCommit($"""
            UPDATE submission_comments SET seen_at = {db.Now}
            WHERE tenant_id = {db.Tenant} AND submission_comment_id = ANY ({first}) AND seen_at IS NULL
            """);
    }

    /// <summary>What was said of one learner's work on one assignment, oldest first.</summary>
    public Task<List<SubmissionComment>> About(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<SubmissionComment>($"""
            SELECT c.submission_comment_id, c.submission_id, c.author_id, p.name AS author_name, c.body, c.file_ids, c.created_at,
                c.feedback_import_id IS NOT NULL AS from_zip, c.seen_at, c.at_once, c.waits
            FROM submission_comments c LEFT JOIN people p ON p.tenant_id = c.tenant_id AND p.user_id = c.author_id
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.user_id = {learner} AND c.assignment_id = {assignment}
            ORDER BY c.submission_comment_id
            """, ct);

    private sealed record Attached(FileId[] FileIds);

    private sealed record Given(UserId UserId, bool Waits);
}

/// <summary>Files for one attempt.</summary>
internal sealed record FileRemark(SubmissionId Work, FileId[] Files);

/// <summary>A remark that is to be made, on one learner's work.</summary>
/// <param name="AtOnce">The learner reads it whatever is posted.</param>
/// <param name="Waits">The learner is not to see it yet, and so is not told.</param>
internal sealed record NewRemark(
    AssignmentId AssignmentId, UserId Learner, SubmissionId? SubmissionId, string Body, bool AtOnce, bool Waits);

/// <summary>A remark that waits no longer.</summary>
internal sealed record LetGo(CourseId CourseId, UserId UserId, UserId? AuthorId);

/// <summary>A remark on a learner's work.</summary>
internal sealed record SubmissionComment(
    SubmissionCommentId SubmissionCommentId, SubmissionId? SubmissionId, UserId? AuthorId, string? AuthorName, string Body,
    FileId[] FileIds, DateTimeOffset CreatedAt, bool FromZip, DateTimeOffset? SeenAt, bool AtOnce, bool Waits);
