using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
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
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, created_at)
            SELECT {db.Tenant}, {course}, t.assignment_id, t.user_id, t.submission_id, {actor.UserId?.Value}::bigint, t.body, {db.Now}
            FROM unnest({remarks.Select(remark => remark.AssignmentId).ToArray()}, {remarks.Select(remark => remark.Learner).ToArray()},
                {remarks.Select(remark => remark.SubmissionId?.Value).ToArray()}, {remarks.Select(remark => remark.Body).ToArray()})
                WITH ORDINALITY AS t(assignment_id, user_id, submission_id, body, n)
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
        if (actor.UserId is { } author) db.RaiseAll([.. remarks.Where(remark => remark.Learner != author).Select(remark =>
            new FeedbackGiven(remark.AssignmentId, course, remark.Learner, author))]);
    }

    /// <summary>Adds a remark to an attempt and tells of it.</summary>
    public async Task<SubmissionComment> Add(CourseId course, Submission about, string body, FileId[] files, CancellationToken ct)
    {
        var id = await db.Get<SubmissionCommentId>($"""
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, file_ids,
                created_at)
            VALUES ({db.Tenant}, {course}, {about.AssignmentId}, {about.UserId}, {about.SubmissionId}, {actor.UserId}, {body}, {files},
                {db.Now}) RETURNING submission_comment_id
            """, ct);
        if (actor.UserId is { } author && author != about.UserId)
            db.Raise(new FeedbackGiven(about.AssignmentId, course, about.UserId, author));
        return (await About(course, about.AssignmentId, about.UserId, ct)).Single(comment => comment.SubmissionCommentId == id);
    }

    /// <summary>What was said of one learner's work on one assignment, oldest first.</summary>
    public Task<List<SubmissionComment>> About(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<SubmissionComment>($"""
            SELECT c.submission_comment_id, c.submission_id, c.author_id, p.name AS author_name, c.body, c.file_ids, c.created_at
            FROM submission_comments c LEFT JOIN people p ON p.tenant_id = c.tenant_id AND p.user_id = c.author_id
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.user_id = {learner} AND c.assignment_id = {assignment}
            ORDER BY c.submission_comment_id
            """, ct);
}

/// <summary>A remark that is to be made, on one learner's work.</summary>
internal sealed record NewRemark(AssignmentId AssignmentId, UserId Learner, SubmissionId? SubmissionId, string Body);

/// <summary>A remark on a learner's work.</summary>
internal sealed record SubmissionComment(
    SubmissionCommentId SubmissionCommentId, SubmissionId? SubmissionId, UserId? AuthorId, string? AuthorName, string Body,
    FileId[] FileIds,
    DateTimeOffset CreatedAt);
