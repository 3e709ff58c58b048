using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.LearnerMessages;

/// <summary>Writes to learners of a course what each may see of their own.</summary>
internal sealed class MessageWriter(TenantDb db, GradebookStore gradebooks)
{
    public const int MostLearners = 1_000;

    /// <summary>The message as each of these learners reads it, or why it cannot be written.</summary>
    public async Task<(Refusal? Refusal, IReadOnlyDictionary<UserId, LearnerMessage> Messages)> Write(
        CourseId course, MessageRequest request, CancellationToken ct)
    {
        var message = new LearnerMessage(request.Subject?.Trim() ?? string.Empty, request.Body?.Trim() ?? string.Empty);
        UserId[] users = [.. (request.UserIds ?? []).Distinct()];
        if (message.Refused(request.AssignmentId is not null) is { } refusal) return (refusal, Nobody);
        if (users.Length == 0) return (new("learners_required", "Say whom the message is for.", "user_ids"), Nobody);
        if (users.Length > MostLearners) return (new("too_many", "At most 1,000 learners at once.", "user_ids"), Nobody);

        var readers = await Readers(course, users, ct);
        if (readers.Count < users.Length)
            return (new("not_learners", "Some of these people are not learners of this course, or no longer.", "user_ids"), Nobody);
        var values = readers.ToDictionary(reader => reader.UserId, reader => new MergeValues(reader.Name));
        if (request.AssignmentId is { } wanted)
        {
            var held = await gradebooks.Read(course, message.NamesAssignment ? users : [], ct);
            if (held.Course?.Find(wanted) is not { IsPublished: true } assignment)
                return (new("unknown_assignment", "There is no such assignment here.", "assignment_id"), Nobody);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(readers[0].TimeZone);
            foreach (var (user, learner) in held.Learners) values[user] = Values(values[user], held.Course, learner, assignment, zone);
        }

        return (null, values.ToDictionary(of => of.Key, of => message.For(of.Value)));
    }

    private static MergeValues Values(
        MergeValues known, CourseStructure course, LearnerWork learner, Assignment assignment, TimeZoneInfo zone)
    {
        var dates = course.DatesFor(assignment, learner.UserId, learner.Sections);
        var due = dates.Assigned ? dates.DueAt + course.PassTime(learner, assignment) : null;
        var grade = learner.GradeOn(assignment.AssignmentId);
        var isSeen = grade is { IsRecorded: true, PostedAt: not null };
        var score = isSeen ? GradebookProjection.ScoreOf(course, learner, assignment).Score : null;
        return known with
        {
            Assignment = assignment.Title,
            Score = score is { } points
                ? MergeValues.ScoreOf(points, assignment.PointsPossible, assignment.GradingType is AssignmentGrading.Percent)
                : null,
            Due = due is { } at ? MergeValues.InstantOf(at, zone) : null,
        };
    }

    private Task<List<Reader>> Readers(CourseId course, UserId[] users, CancellationToken ct) => db.Query<Reader>($"""
        SELECT p.user_id, p.name, c.time_zone FROM people p
        JOIN course_cards c ON c.tenant_id = p.tenant_id AND c.course_id = {course}
        WHERE p.tenant_id = {db.Tenant} AND p.user_id = ANY ({users}) AND EXISTS (
            SELECT 1 FROM course_members m WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.user_id = p.user_id
                AND m.role = 'learner' AND m.state = 'active')
        """, ct);

    private static readonly Dictionary<UserId, LearnerMessage> Nobody = [];

    private sealed record Reader(UserId UserId, string Name, string TimeZone);
}

/// <summary>A message as a grader asks for it.</summary>
/// <param name="AssignmentId">The assignment that fields are of, and that the message leads to.</param>
internal sealed record MessageRequest(string? Subject, string? Body, AssignmentId? AssignmentId, IReadOnlyList<UserId>? UserIds);
