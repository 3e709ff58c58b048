using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Courses.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Terms;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses;

/// <summary>What this service does for others: the same stores the endpoints use.</summary>
internal sealed class CoursesPort(TenantDb db, CourseStore courses, TermStore terms, EnrollmentStore enrollments, IPeople people) : ICourses
{
    public async Task<(CourseId Course, SectionId Section)> Create(NewCourse course, CancellationToken ct)
    {
        TermId? term = course.TermName is { } name ? await terms.Named(name, ct) : null;
        var form = new CourseForm(course.Code, course.Title, course.Description, term, course.StartsAt, course.EndsAt, course.TimeZone,
            course.Color, course.Credits);
        if (form.Refuses() is { } refusal) throw new ArgumentException(refusal.Because, nameof(course));
        var made = await courses.Insert(form, await people.RootAccount(ct), course.SisId, ct);
        db.Raise(new CourseCreated(made.Course, form.Title!));
        return made;
    }

    public async Task Enroll(CourseId course, SectionId section, IReadOnlyList<UserId> users, Role role, bool notify,
        CancellationToken ct) =>
        await enrollments.Enroll(course, section, users, role, notify, ct);

    public async Task Publish(CourseId course, CancellationToken ct)
    {
        if (await courses.Find(course, ct) is not { Status: CourseStatus.Draft } draft) return;
        if (await courses.SetStatus(course, CourseStatus.Published, draft.Version, ct)) db.Raise(
            new CourseStatusChanged(course, "published"));
    }
}
