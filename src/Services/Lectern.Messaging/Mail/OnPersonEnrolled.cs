using Lectern.Contracts.Courses;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Mail;

/// <summary>Welcomes a person to a course by mail.</summary>
internal sealed class OnPersonEnrolled(MessagingStore messages, MailRoom mail, PublicLinks links) : IListener<PersonEnrolled>
{
    public async Task Hear(PersonEnrolled happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        var link = await links.To($"/courses/{course.CourseId.Value}", ct);
        await mail.Write(happened.UserId, "welcome", words => words.Welcome(course.Title, link), ct);
    }
}
