using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells a learner that somebody commented on their work.</summary>
internal sealed class OnFeedbackGiven(MessagingStore messages) : IListener<FeedbackGiven>
{
    public async Task Hear(FeedbackGiven happened, CancellationToken ct)
    {
        if (happened.AuthorId == happened.UserId || await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            [happened.UserId], "feedback_given",
            new
            {
                course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct),
                author = await messages.PersonName(happened.AuthorId, ct),
            },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}", ct);
    }
}
