using Lectern.Contracts.Courses;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Access;
using Lectern.Platform.Events;

namespace Lectern.Grading.Gradebook;

/// <summary>The lines of many new learners appear in the gradebook at once.</summary>
internal sealed class OnPeopleEnrolled(GradebookStore gradebooks, MissingMarker marker) : IListener<PeopleEnrolled>
{
    public async Task Hear(PeopleEnrolled happened, CancellationToken ct)
    {
        var learners = happened.People.Where(person => person.Role is Role.Learner).Select(person => person.UserId).Distinct().ToList();
        if (learners.Count == 0) return;
        var held = await gradebooks.Hold(happened.CourseId, learners, ct);
        // Without assignments there is no gradebook yet, and nothing to fold.
        if (held.Course is null || held.Learners.Count == 0) return;
        await marker.MarkAtCommit(held, ct);
        gradebooks.FoldAtCommit(held.Course, [.. held.Learners.Values]);
    }
}
