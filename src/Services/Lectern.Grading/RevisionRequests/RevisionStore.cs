using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RevisionRequests;

/// <summary>Attempts that were given back to their learners.</summary>
internal sealed class RevisionStore(TenantDb db, Actor actor)
{
    /// <summary>The newest request about one learner's work.</summary>
    public Task<Revision?> Newest(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Find<Revision>($"""
        SELECT attempt, note, at FROM revision_requests
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} ORDER BY attempt DESC LIMIT 1
        """, ct);

    /// <summary>Whether this attempt was ever given back.</summary>
    public Task<bool> WasReturned(AssignmentId assignment, UserId learner, int attempt, CancellationToken ct) => db.Get<bool>($"""
        SELECT EXISTS (SELECT 1 FROM revision_requests
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = {learner} AND attempt = {attempt})
        """, ct);

    /// <summary>Gives an attempt back and takes it out of the graders' queue; false when it was given back already.</summary>
    public async Task<bool> Ask(CourseId course, AssignmentId assignment, UserId learner, Revision revision, CancellationToken ct)
    {
        var added = await db.Execute($"""
            INSERT INTO revision_requests (tenant_id, assignment_id, user_id, attempt, course_id, note, actor_id, at)
            VALUES ({db.Tenant}, {assignment}, {learner}, {revision.Attempt}, {course}, {revision.Note}, {actor.UserId}, {revision.At})
            ON CONFLICT DO NOTHING
            """, ct);
        await db.Execute($"""
            UPDATE ungraded_work SET returned_at = {revision.At}, claimed_by = NULL, claimed_until = NULL
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {assignment} AND user_id = {learner}
            """, ct);
        return added == 1;
    }

    /// <summary>The learner has handed in again: graders have it before them, as new work.</summary>
    public void AnsweredAtCommit(CourseId course, AssignmentId assignment, UserId learner) => db.AtCommit($"""
        UPDATE ungraded_work SET returned_at = NULL, skipped_at = NULL, since = {db.Now}
        WHERE tenant_id = {db.Tenant} AND course_id = {course} AND assignment_id = {assignment} AND user_id = {learner}
            AND returned_at IS NOT NULL
        """);
}

/// <summary>What a grader asks of a learner: to hand in again.</summary>
/// <param name="Attempt">The attempt that was given back.</param>
internal sealed record Revision(int Attempt, string Note, DateTimeOffset At);
