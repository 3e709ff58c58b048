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

/// <summary>A person was enrolled, and is to be told. For learners the gradebook gains a row.</summary>
public sealed record PersonEnrolled(
    EnrollmentId EnrollmentId, CourseId CourseId, SectionId SectionId, UserId UserId, Role Role) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>People were enrolled in a course quietly, many at once: by a roster or a move. Nobody writes to them because of it.</summary>
public sealed record PeopleEnrolled(CourseId CourseId, IReadOnlyList<EnrolledPerson> People) : IEvent
{
    /// <summary>A larger crowd comes in several events, so that none holds up a course's gradebook for long.</summary>
    public const int Most = 200;

    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>One of many people enrolled at once.</summary>
public sealed record EnrolledPerson(EnrollmentId EnrollmentId, SectionId SectionId, UserId UserId, Role Role);

/// <summary>A person's enrolment ended or was taken back. Their grades stay.</summary>
public sealed record PersonUnenrolled(EnrollmentId EnrollmentId, CourseId CourseId, SectionId SectionId, UserId UserId, Role Role) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}
