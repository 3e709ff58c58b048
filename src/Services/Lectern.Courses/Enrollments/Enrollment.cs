using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.Enrollments;

/// <summary>
/// Active people are in; inactive ones wait outside; completed ones have finished and may read; deleted ones were taken out.
/// </summary>
internal enum EnrollmentState { Active, Inactive, Completed, Deleted }

/// <summary>A person's place in a section as it is stored.</summary>
internal sealed record Enrollment(
    EnrollmentId EnrollmentId, CourseId CourseId, SectionId SectionId, UserId UserId, Role Role, UserId? AssociatedUserId,
    EnrollmentState State,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int Version)
{
    /// <summary>The roles a person can be enrolled with. The others are given by time or by an administrator.</summary>
    internal static readonly IReadOnlySet<Role> Roles =
        new HashSet<Role> { Role.Learner, Role.Instructor, Role.TeachingAssistant, Role.Designer, Role.Observer };
}

/// <summary>A person in the list of a course's people. Addresses and ids of other systems are for those who may see them.</summary>
internal sealed record EnrollmentListed(
    EnrollmentId EnrollmentId, UserId UserId, string Name, string SortableName, string? Pronouns, long? AvatarFileId, string? Email,
    string? SisId,
    Role Role, EnrollmentState State, SectionId SectionId, string SectionName, UserId? AssociatedUserId, DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    int Version);
