using Lectern.Platform.Access;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Courses;

/// <summary>A course now exists, as a draft.</summary>
[ForIntegrations("catalogues and timetables that mirror the courses")]
public sealed record CourseCreated(CourseId CourseId, string Title) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>A course was published, concluded, or taken back to draft.</summary>
[ForIntegrations("catalogues and timetables that mirror the courses")]
public sealed record CourseStatusChanged(CourseId CourseId, string Status) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>
/// A person was enrolled. For learners the gradebook gains a row. <see cref="Notify"/> false asks for no messages: somebody brought
/// in a whole roster, and ten thousand people need not be told.
/// </summary>
public sealed record PersonEnrolled(
    EnrollmentId EnrollmentId, CourseId CourseId, SectionId SectionId, UserId UserId, Role Role, bool Notify = true) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>A person's enrolment ended or was taken back. Their grades stay.</summary>
public sealed record PersonUnenrolled(EnrollmentId EnrollmentId, CourseId CourseId, SectionId SectionId, UserId UserId, Role Role) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}
