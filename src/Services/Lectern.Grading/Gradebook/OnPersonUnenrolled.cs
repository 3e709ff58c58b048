using Lectern.Contracts.Courses;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Access;
using Lectern.Platform.Events;

namespace Lectern.Grading.Gradebook;

/// <summary>Who leaves a section leaves its dates; their work and grades stay.</summary>
internal sealed class OnPersonUnenrolled(GradebookStore gradebooks, MissingMarker marker) : IListener<PersonUnenrolled>
{
    public async Task Hear(PersonUnenrolled happened, CancellationToken ct)
    {
        if (happened.Role is not Role.Learner) return;
        var held = await gradebooks.Hold(happened.CourseId, [happened.UserId], ct);
        if (held.Course is null || held.Learners.Count == 0) return;
        await marker.MarkAtCommit(held, ct);
        gradebooks.FoldAtCommit(held.Course, [.. held.Learners.Values]);
    }
}
