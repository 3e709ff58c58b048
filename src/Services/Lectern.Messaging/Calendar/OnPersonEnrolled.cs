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
        if (course.OpensAt is { } opens) await Put("course_opens", opens);
        if (course.ClosesAt is { } closes) await Put("course_closes", closes);

        Task Put(string kind, DateTimeOffset at) =>
            messages.PutEvent(new(source, course.CourseId, happened.UserId, kind, course.Title, at, link), ct);
    }
}
