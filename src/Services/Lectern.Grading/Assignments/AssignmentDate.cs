using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Assignments;

/// <summary>Other dates for a section or for a person.</summary>
internal sealed record AssignmentDate(
    AssignmentId AssignmentId, DateAudience Audience, long AudienceId, DateTimeOffset? DueAt, DateTimeOffset? UnlocksAt,
    DateTimeOffset? LocksAt);

internal enum DateAudience { Section, Person }

/// <summary>When one learner may begin, should be done, and can no longer hand in.</summary>
/// <param name="Assigned">False: this learner does not have the assignment at all.</param>
/// <param name="Own">They differ from the assignment's own.</param>
internal readonly record struct WorkDates(
    DateTimeOffset? UnlocksAt, DateTimeOffset? DueAt, DateTimeOffset? LocksAt, bool Assigned = true, bool Own = false)
{
    /// <summary>
    /// The dates that hold for one learner: a person's own before those of the sections, those before the assignment's. Of several
    /// sections each date is the most generous one. Every reader of dates asks here, so this is where accommodations enter.
    /// </summary>
    public static WorkDates For(
        Assignment assignment, IReadOnlyCollection<AssignmentDate> dates, UserId user, IReadOnlyCollection<SectionId> sections)
    {
        if (dates.Count == 0) return OfAll(assignment);
        var own = dates.FirstOrDefault(date => date.Audience is DateAudience.Person && date.AudienceId == user.Value);
        if (own is not null) return new(own.UnlocksAt, own.DueAt, own.LocksAt, Own: true);
        var theirs = dates.Where(
            date => date.Audience is DateAudience.Section && sections.Contains(new SectionId(date.AudienceId))).ToList();
        if (theirs.Count == 0) return OfAll(assignment);
        return new(
            theirs.Any(date => date.UnlocksAt is null) ? null : theirs.Min(date => date.UnlocksAt),
            theirs.Any(date => date.DueAt is null) ? null : theirs.Max(date => date.DueAt),
            theirs.Any(date => date.LocksAt is null) ? null : theirs.Max(date => date.LocksAt),
            Own: true);
    }

    /// <summary>Why work cannot be handed in now. Both boundaries belong to the open time.</summary>
    public Refusal? RefusesAt(DateTimeOffset now)
    {
        if (!Assigned) return new Refusal("not_assigned", "This assignment is not assigned to you.");
        if (now < UnlocksAt) return new Refusal("assignment_not_open_yet", $"This opens at {UnlocksAt:u}.");
        return now > LocksAt ? new Refusal("assignment_locked", $"This closed at {LocksAt:u}. Ask your instructor for more time.") : null;
    }

    private static WorkDates OfAll(Assignment assignment) =>
        new(assignment.UnlocksAt, assignment.DueAt, assignment.LocksAt, Assigned: !assignment.OnlyNamed);
}
