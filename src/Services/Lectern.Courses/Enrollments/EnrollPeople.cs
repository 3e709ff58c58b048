using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Enrollments;

/// <summary>Enrols many people in one section with one role: all of them, or nobody when one is unknown.</summary>
internal static class EnrollPeople
{
    /// <summary>More at once is a roster import.</summary>
    private const int Most = 1000;

    internal sealed record Request(
        IReadOnlyList<UserId>? UserIds, IReadOnlyList<string>? Emails, string? Role, SectionId? SectionId, bool? Notify);

    internal sealed record Response(int Enrolled, int AlreadyIn, IReadOnlyList<Enrollment> Enrollments);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/enrollments/batch", Handle).RequirePermission(CoursesPermission.ManageRoster);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, EnrollmentStore enrollments, EnrollmentRules rules, TenantDb db, CancellationToken ct)
    {
        var asked = (request.UserIds?.Count ?? 0) + (request.Emails?.Count ?? 0);
        if (asked is 0 or > Most)
            return new Refusal("people_count", $"Name between 1 and {Most:#,0} people. A longer list is a roster import.", "user_ids")
                .ToProblem();
        if (!Words.TryRead<Role>(request.Role ?? "learner", out var role)
            || !Enrollment.Roles.Contains(role!.Value)) return EnrollmentRules.UnknownRole.ToProblem();
        if (await rules.Place(courseId, request.SectionId, ct) is not { } place) return Problems.NotFound();
        if (place.Refuses(request.SectionId) is { } refusal) return refusal.ToProblem();

        var (people, unknown) = await rules.People(request.UserIds ?? [], request.Emails ?? [], ct);
        if (unknown.Count > 0) return Problems.Of(422, "people_unknown", "Some of these people are not known here. Nobody was enrolled.",
            unknown);
        var made = await enrollments.Enroll(courseId, place.SectionId!.Value, people, role.Value, request.Notify ?? true, ct);
        if (made.Count > 0)
            db.Audit(CoursesAudit.PersonEnrolled, CourseStore.ScopeOf(courseId).Key,
                new { user_ids = made.Select(one => one.UserId), role, section_id = place.SectionId });
        return TypedResults.Ok(new Response(made.Count, people.Count - made.Count, made));
    }
}
