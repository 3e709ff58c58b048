using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Courses;

/// <summary>
/// What other services may ask about courses. For joins, use the published views
/// <c>course_cards</c> (tenant_id, course_id, account_id, term_id, code, title, status, time_zone, color, opens_at, closes_at,
/// version, credits), <c>term_cards</c> (tenant_id, term_id, name, starts_at, ends_at),
/// <c>section_cards</c> (tenant_id, course_id, section_id, name, sis_id, course_code, course_title, course_sis_id, term_sis_id), which
/// names the course and term a section came from,
/// <c>group_set_cards</c> (tenant_id, course_id, group_set_id, name) and <c>group_seats</c> (tenant_id, course_id, group_set_id, group_id,
/// group_name, user_id), which say who works with whom now among active learners, and
/// <c>course_members</c> (tenant_id, course_id, section_id, enrollment_id, user_id, role, state), one row per enrolment that was not taken
/// back; state is active, inactive or completed. A card's opens_at and closes_at are the instants that bind learners; a draft has none.
/// </summary>
public interface ICourses
{
    /// <summary>Makes a course with one section, as a draft, in the named account and term (by name; made when new).</summary>
    Task<(CourseId Course, SectionId Section)> Create(NewCourse course, CancellationToken ct);

    /// <summary>Enrols many people at once, quietly when <paramref name="notify"/> is false. Repeating it changes nothing.</summary>
    Task Enroll(CourseId course, SectionId section, IReadOnlyList<UserId> users, Lectern.Platform.Access.Role role, bool notify,
        CancellationToken ct);

    Task Publish(CourseId course, CancellationToken ct);
}

/// <summary>A course to be made by another part of the program: a demonstration, an import.</summary>
public sealed record NewCourse(
    string Code, string Title, string Description, string? TermName, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string TimeZone,
    string? Color = null, string? SisId = null, decimal? Credits = null);
