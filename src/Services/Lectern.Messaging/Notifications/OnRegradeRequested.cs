using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells who teaches a course that a learner wants a grade to be looked at again.</summary>
internal sealed class OnRegradeRequested(MessagingStore messages) : IListener<RegradeRequested>
{
    public async Task Hear(RegradeRequested happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            [.. await messages.Instructors(happened.CourseId, ct)], "regrade_requested",
            new
            {
                course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct),
                learner = await messages.PersonName(happened.UserId, ct),
            },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}/submissions?learner={happened.UserId.Value}",
            ct);
    }
}
