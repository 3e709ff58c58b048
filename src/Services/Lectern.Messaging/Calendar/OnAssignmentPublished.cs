using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Calendar;

/// <summary>Puts an assignment's due date into the calendars of its course.</summary>
internal sealed class OnAssignmentPublished(MessagingStore messages) : IListener<AssignmentPublished>
{
    public Task Hear(AssignmentPublished happened, CancellationToken ct) => happened.DueAt is { } due
        ? messages.PutEvent(
            new($"assignment:{happened.AssignmentId.Value}", happened.CourseId, null, "due", happened.Title, due,
                $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}"), ct)
        : Task.CompletedTask;
}
