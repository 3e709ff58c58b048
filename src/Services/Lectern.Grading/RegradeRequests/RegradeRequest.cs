using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RegradeRequests;

/// <summary>A learner's wish that a grade be looked at again, and what came of it.</summary>
/// <param name="Score">What it was asked about.</param>
internal sealed record RegradeRequest(
    RegradeRequestId RegradeRequestId, CourseId CourseId, AssignmentId AssignmentId, UserId UserId, decimal Score, RegradeState State,
    DateTimeOffset AskedAt, UserId? AnsweredBy, DateTimeOffset? AnsweredAt, int Version)
{
    public const string Columns = """
        q.regrade_request_id, q.course_id, q.assignment_id, q.user_id, q.score, q.state, q.asked_at, q.answered_by, q.answered_at, q.version
        """;
}

/// <summary>Open until somebody answers: then the grade was kept or changed. A learner may withdraw an open one.</summary>
internal enum RegradeState { Open, Kept, Changed, Withdrawn }

/// <summary>An open request as graders list it.</summary>
internal sealed record RegradeRequestRow(
    RegradeRequestId RegradeRequestId, AssignmentId AssignmentId, string Title, UserId UserId, string Name, decimal Score,
    DateTimeOffset AskedAt, int Version);
