using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells learners that they can read what others said of their work; not who, and not what.</summary>
internal sealed class OnPeerReviewsShown(MessagingStore messages) : IListener<PeerReviewsShown>
{
    public async Task Hear(PeerReviewsShown happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            happened.UserIds, "peer_reviews_shown",
            new { course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct) },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}", ct);
    }
}
