using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells a learner that their final grade was set or taken back by hand. The grade itself is not in the notice.</summary>
internal sealed class OnFinalGradeChanged(MessagingStore messages) : IListener<FinalGradeChanged>
{
    public async Task Hear(FinalGradeChanged happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        await messages.Notify(
            [happened.UserId], "final_grade_changed", new { course = course.Title }, $"/courses/{happened.CourseId.Value}/grades", ct);
    }
}
