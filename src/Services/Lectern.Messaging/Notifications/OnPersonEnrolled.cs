using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Tells the coordinators above a course who has joined it.</summary>
internal sealed class OnPersonEnrolled(MessagingStore messages, Grants grants) : IListener<PersonEnrolled>
{
    public async Task Hear(PersonEnrolled happened, CancellationToken ct)
    {
        var coordinators = await grants.Holders(Role.Coordinator, Scope.Of("course", happened.CourseId.Value), ct);
        if (coordinators.Count == 0 || await messages.Course(happened.CourseId, ct) is not { } course) return;
        var facts = new { person = await messages.PersonName(happened.UserId, ct), course = course.Title, role = happened.Role };
        await messages.Notify(coordinators, "person_enrolled", facts, $"/courses/{course.CourseId.Value}/people", ct);
    }
}
