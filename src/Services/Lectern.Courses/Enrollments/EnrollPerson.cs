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

/// <summary>Enrols one person in a course. Somebody who is in already stays in, and the answer is the same.</summary>
internal static class EnrollPerson
{
    internal sealed record Request(UserId? UserId, string? Email, string? Role, SectionId? SectionId, UserId? AssociatedUserId,
        bool? Notify);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/enrollments", Handle).RequirePermission(CoursesPermission.ManageRoster);

    internal static async Task<Results<Created<Enrollment>, Ok<Enrollment>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, EnrollmentStore enrollments, EnrollmentRules rules, TenantDb db, CancellationToken ct)
    {
        var (seat, refusal) = await rules.Judge(courseId, request, ct);
        if (seat is not { } at) return refusal is null ? Problems.NotFound() : refusal.ToProblem();

        var made = await enrollments.Enroll(courseId, at.Section, [at.User], at.Role, request.Notify ?? true, ct, at.Learner);
        if (made.Count == 0) return TypedResults.Ok((await enrollments.Seats(at.Section, at.User, at.Role, at.Learner, ct))[0]);
        db.Audit(CoursesAudit.PersonEnrolled, CourseStore.ScopeOf(courseId).Key,
            new { user_id = at.User, role = at.Role, section_id = at.Section });
        return TypedResults.Created($"/api/v1/enrollments/{made[0].EnrollmentId.Value}", made[0]);
    }
}
