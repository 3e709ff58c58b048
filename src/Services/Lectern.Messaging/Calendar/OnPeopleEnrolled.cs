using Lectern.Contracts.Courses;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Calendar;

/// <summary>Puts a course's opening and closing into the calendars of the many who join it at once.</summary>
internal sealed class OnPeopleEnrolled(MessagingStore messages) : IListener<PeopleEnrolled>
{
    public async Task Hear(PeopleEnrolled happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        foreach (var person in happened.People.Select(person => person.UserId).Distinct())
        {
            await Put("course_opens", course.OpensAt);
            await Put("course_closes", course.ClosesAt);

            async Task Put(string kind, DateTimeOffset? at)
            {
                if (at is not { } when) return;
                var (source, link) = ($"course:{course.CourseId.Value}", $"/courses/{course.CourseId.Value}");
                await messages.PutEvent(new(source, course.CourseId, person, kind, course.Title, when, link), ct);
            }
        }
    }
}
