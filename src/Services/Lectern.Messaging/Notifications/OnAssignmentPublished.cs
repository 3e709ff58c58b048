using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells the learners who have it that there is new work.</summary>
internal sealed class OnAssignmentPublished(MessagingStore messages) : IListener<AssignmentPublished>
{
    public async Task Hear(AssignmentPublished happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.NotifyLearners(
            happened.CourseId, happened.AssignmentId, "assignment_published",
            new { assignment = happened.Title, course = course.Title },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}", ct);
    }
}
