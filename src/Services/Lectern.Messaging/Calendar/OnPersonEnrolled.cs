using Lectern.Contracts.Courses;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Calendar;

/// <summary>Puts a course's opening and closing into the calendar of whoever joins it.</summary>
internal sealed class OnPersonEnrolled(MessagingStore messages) : IListener<PersonEnrolled>
{
    public async Task Hear(PersonEnrolled happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        var source = $"course:{course.CourseId.Value}";
        var link = $"/courses/{course.CourseId.Value}";
        if (course.OpensAt is { } opens) await messages.PutEvent(source, course.CourseId, happened.UserId, "course_opens", course.Title, opens, link, ct);
        if (course.ClosesAt is { } closes) await messages.PutEvent(source, course.CourseId, happened.UserId, "course_closes", course.Title, closes, link, ct);
    }
}
