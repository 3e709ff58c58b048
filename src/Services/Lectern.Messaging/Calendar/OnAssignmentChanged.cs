using Lectern.Contracts.Grading;
using Lectern.Platform.Events;

namespace Lectern.Messaging.Calendar;

/// <summary>Moves an assignment's due date in the calendars, or takes it out when it has none any more.</summary>
internal sealed class OnAssignmentChanged(MessagingStore messages) : IListener<AssignmentChanged>
{
    public async Task Hear(AssignmentChanged happened, CancellationToken ct)
    {
        var source = $"assignment:{happened.AssignmentId.Value}";
        if (happened.DueAt is not { } due) await messages.RemoveEvents(source, null, ct);
        else if (happened.Published)
        {
            var link = $"/courses/{happened.CourseId.Value}/assignments/{happened.AssignmentId.Value}";
            await messages.PutEvent(new(source, happened.CourseId, null, "due", happened.Title, due, link), ct);
        }
        else await messages.RemoveEvents(source, null, ct);
    }
}
