using Lectern.Contracts.Courses;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Calendar;

/// <summary>Takes a course out of the calendar of whoever has left it.</summary>
internal sealed class OnPersonUnenrolled(MessagingStore messages) : IListener<PersonUnenrolled>
{
    public Task Hear(PersonUnenrolled happened, CancellationToken ct) =>
        messages.RemoveEvents($"course:{happened.CourseId.Value}", happened.UserId, ct);
}
