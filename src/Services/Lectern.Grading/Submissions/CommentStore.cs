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
    /// <summary>Adds a remark with the commit and tells of it.</summary>
    public void AddAtCommit(
        CourseId course, AssignmentId assignment, UserId learner, SubmissionId? submission, string body, FileId[] files, Action<SubmissionCommentId>? identified = null)
    {
        db.AtCommit<SubmissionCommentId>($"""
            INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, file_ids, created_at)
            VALUES ({db.Tenant}, {course}, {assignment}, {learner}, {submission}, {actor.UserId}, {body}, {files}, {db.Now})
            RETURNING submission_comment_id
            """, identified ?? (_ => { }));
        if (actor.UserId is { } author && author != learner) db.Raise(new FeedbackGiven(assignment, course, learner, author));
    }

    /// <summary>What was said of one learner's work on one assignment, oldest first.</summary>
    public Task<List<SubmissionComment>> About(CourseId course, AssignmentId assignment, UserId learner, CancellationToken ct) =>
        db.Query<SubmissionComment>(AboutSql(db, course, assignment, learner), ct);

    public static Sql AboutSql(TenantDb db, CourseId course, AssignmentId assignment, UserId learner) => $"""
        SELECT c.submission_comment_id, c.submission_id, c.author_id, p.name AS author_name, c.body, c.file_ids, c.created_at
        FROM submission_comments c LEFT JOIN people p ON p.tenant_id = c.tenant_id AND p.user_id = c.author_id
        WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.user_id = {learner} AND c.assignment_id = {assignment}
        ORDER BY c.submission_comment_id
        """;
}

/// <summary>A remark on a learner's work.</summary>
internal sealed record SubmissionComment(
    SubmissionCommentId SubmissionCommentId, SubmissionId? SubmissionId, UserId? AuthorId, string? AuthorName, string Body, FileId[] FileIds,
    DateTimeOffset CreatedAt);
