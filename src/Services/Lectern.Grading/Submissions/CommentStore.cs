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
    public void AddAtCommit(CourseId course, AssignmentId assignment, UserId learner, SubmissionId? submission, string body)
    {
        db.AtCommit(Insert(course, assignment, learner, submission, body, []));
        Tell(course, assignment, learner);
    }

    /// <summary>Adds a remark to an attempt and tells of it.</summary>
    public async Task<SubmissionComment> Add(CourseId course, Submission about, string body, FileId[] files, CancellationToken ct)
    {
        var id = await db.Get<SubmissionCommentId>(
            $"{Insert(course, about.AssignmentId, about.UserId, about.SubmissionId, body, files)} RETURNING submission_comment_id", ct);
        Tell(course, about.AssignmentId, about.UserId);
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

    private Sql Insert(CourseId course, AssignmentId assignment, UserId learner, SubmissionId? submission, string body, FileId[] files) =>
        $"""
        INSERT INTO submission_comments (tenant_id, course_id, assignment_id, user_id, submission_id, author_id, body, file_ids, created_at)
        VALUES ({db.Tenant}, {course}, {assignment}, {learner}, {submission}, {actor.UserId}, {body}, {files}, {db.Now})
        """;

    private void Tell(CourseId course, AssignmentId assignment, UserId learner)
    {
        if (actor.UserId is { } author && author != learner) db.Raise(new FeedbackGiven(assignment, course, learner, author));
    }
}

/// <summary>A remark on a learner's work.</summary>
internal sealed record SubmissionComment(
    SubmissionCommentId SubmissionCommentId, SubmissionId? SubmissionId, UserId? AuthorId, string? AuthorName, string Body,
    FileId[] FileIds,
    DateTimeOffset CreatedAt);
