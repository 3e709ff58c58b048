using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Terms;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Courses;

/// <summary>Makes a course with one section, as a draft that learners do not see.</summary>
internal static class CreateCourse
{
    internal sealed record Request(
        string? Code, string? Title, string? Description, AccountId? AccountId, TermId? TermId, DateTimeOffset? StartsAt,
        DateTimeOffset? EndsAt,
        string? TimeZone, string? Color, decimal? Credits)
    {
        internal CourseForm Form => new(Code, Title, Description, TermId, StartsAt, EndsAt, TimeZone, Color, Credits);
    }

    internal sealed record Response(CourseId CourseId, SectionId SectionId, CourseStatus Status, int Version);

    // The account is in the body, so the handler itself asks whether the person may make a course there.
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/courses", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, CourseRights rights, CourseStore courses, TermStore terms, EnrollmentStore enrollments, Actor actor, TenantDb db,
        CancellationToken ct)
    {
        if (!rights.MayCreateSomewhere() || await rights.PlaceFor(request.AccountId, ct) is not var (account, asTeacher))
            return Problems.Forbidden("Courses are made by administrators, and by those who teach here already.");
        var form = request.Form;
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (form.TermId is { } term && await terms.Find(term, ct) is null) return TermStore.Unknown.ToProblem();

        var (course, section) = await courses.Insert(form, account, sisId: null, ct);
        if (asTeacher) await enrollments.Enroll(course, section, [actor.Person], Role.Instructor, notify: false, ct);
        db.Raise(new CourseCreated(course, form.Title!.Trim()));
        db.Audit(CoursesAudit.CourseCreated, CourseStore.ScopeOf(course).Key, form);
        return TypedResults.Created($"/api/v1/courses/{course.Value}", new Response(course, section, CourseStatus.Draft, 1));
    }
}
