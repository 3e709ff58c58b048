using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells a learner that somebody of their group handed in for all of them. Whoever handed in knows.</summary>
internal sealed class OnWorkSubmitted(MessagingStore messages) : IListener<WorkSubmitted>
{
    public async Task Hear(WorkSubmitted happened, CancellationToken ct)
    {
        if (happened.HandedInBy is not { } mate || mate == happened.UserId
            || await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            [happened.UserId], "group_handed_in",
            new
            {
                course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct),
                mate = await messages.PersonName(mate, ct),
            },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}", ct);
    }
}
