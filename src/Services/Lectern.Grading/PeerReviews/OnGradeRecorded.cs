using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Grading.PeerReviews;

/// <summary>Where reviews wait for the grade, tells their author with its posting that they can be read.</summary>
internal sealed class OnGradeRecorded(PeerPlanStore plans, PeerNotices notices) : IListener<GradeRecorded>
{
    public async Task Hear(GradeRecorded happened, CancellationToken ct)
    {
        if (happened.Posted && await plans.Find(happened.AssignmentId, ct) is { Feedback: PeerFeedback.WhenPosted } plan)
            await notices.Shown(plan, [happened.UserId], ct);
    }
}
