using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells learners that reviews of others' work are theirs to write, and until when.</summary>
internal sealed class OnPeerReviewsAsked(MessagingStore messages) : IListener<PeerReviewsAsked>
{
    public async Task Hear(PeerReviewsAsked happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            happened.UserIds, happened.Again ? "peer_reviews_due" : "peer_reviews_asked",
            new
            {
                course = course.Title, assignment = await messages.AssignmentTitle(happened.AssignmentId, ct), due_at = happened.DueAt,
            },
            $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}/reviews", ct);
    }
}
