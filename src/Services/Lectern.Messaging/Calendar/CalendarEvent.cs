using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Tenancy;

namespace Lectern.Messaging.Calendar;

/// <summary>An instant in a person's calendar: work falls due, a course opens or closes.</summary>
/// <param name="AssignmentId">What falls due; null when it is the course that opens or closes.</param>
/// <param name="LearnerId">Whose it is, when the calendar's owner observes that person; null when it is their own.</param>
internal sealed record CalendarEvent(
    string Kind, string Title, DateTimeOffset StartsAt, CourseId CourseId, string CourseTitle, AssignmentId? AssignmentId,
    UserId? LearnerId, string? LearnerName)
{
    /// <summary>Where the page shows it.</summary>
    public string Link =>
        (LearnerId is { } learner ? $"/learners/{learner.Value}" : string.Empty) + $"/courses/{CourseId.Value}"
        + (AssignmentId is { } assignment ? $"/assignments/{assignment.Value}" : string.Empty);
}
