using Lectern.Contracts.Courses;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Access;
using Lectern.Platform.Events;

namespace Lectern.Grading.Gradebook;

/// <summary>A new learner's line appears in the gradebook, with what blank work comes to.</summary>
internal sealed class OnPersonEnrolled(GradebookStore gradebooks, MissingMarker marker) : IListener<PersonEnrolled>
{
    public async Task Hear(PersonEnrolled happened, CancellationToken ct)
    {
        if (happened.Role is not Role.Learner) return;
        var held = await gradebooks.Hold(happened.CourseId, [happened.UserId], ct);
        // Without assignments there is no gradebook yet, and nothing to fold.
        if (held.Course is null || held.Learners.Count == 0) return;
        await marker.MarkAtCommit(held, ct);
        gradebooks.FoldAtCommit(held.Course, [.. held.Learners.Values]);
    }
}
