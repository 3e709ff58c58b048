using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells a learner that work has been graded, once they may see it. The score itself is not in the notice.</summary>
internal sealed class OnGradeRecorded(MessagingStore messages) : IListener<GradeRecorded>
{
    public async Task Hear(GradeRecorded happened, CancellationToken ct)
    {
        if (!happened.Posted || await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            [happened.UserId], happened.WithRemarks ? "grade_posted_with_remarks" : "grade_posted",
            new { course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct) },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}", ct);
    }
}
