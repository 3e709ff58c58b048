using Lectern.Contracts.Grading;
using Lectern.Messaging.Mail;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Notifications;

/// <summary>Brings a learner what a grader wrote, in the product and by mail.</summary>
internal sealed class OnLearnerMessaged(MessagingStore messages, MailRoom mail, PublicLinks links) : IListener<LearnerMessaged>
{
    public async Task Hear(LearnerMessaged happened, CancellationToken ct)
    {
        if (await messages.Course(happened.CourseId, ct) is not { } course) return;
        var author = await messages.PersonName(happened.AuthorId, ct) ?? string.Empty;
        var link = $"/courses/{happened.CourseId.Value}"
            + (happened.AssignmentId is { } assignment ? $"/assignments/{assignment.Value}" : string.Empty);
        await messages.Notify(
            [happened.UserId], "learner_message",
            new { course = course.Title, author, subject = happened.Subject, body = happened.Body }, link, ct);
        // Others read mail too, so a score is only read here.
        var body = happened.NamesScore ? null : happened.Body;
        var inbox = await links.To("/inbox", ct);
        await mail.Write(
            happened.UserId, "learner_message", words => words.Message(course.Title, author, happened.Subject, body, inbox), ct);
    }
}
