using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Npgsql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Enrollments;

/// <summary>Changes an enrolment's role, section, state or dates. What is not said stays, except dates, which are said together.</summary>
internal static class ChangeEnrollment
{
    internal sealed record Request(string? Role, SectionId? SectionId, string? State, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
        int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/enrollments/{enrollmentId}", Handle).RequirePermission(CoursesPermission.ManageRoster);

    internal static async Task<Results<Ok<Enrollment>, ProblemHttpResult>> Handle(
        EnrollmentId enrollmentId, Request request, EnrollmentStore enrollments, EnrollmentRules rules, TenantDb db, HttpContext context,
        CancellationToken ct)
    {
        if (await enrollments.Find(enrollmentId, ct) is not { } before) return Problems.NotFound();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (!Words.TryRead<Role>(request.Role, out var role) || role is { } named
            && !Enrollment.Roles.Contains(named)) return EnrollmentRules.UnknownRole.ToProblem();
        if (!Words.TryRead<EnrollmentState>(request.State, out var state) || state is EnrollmentState.Deleted)
            return new Refusal("state_unknown", "An enrolment is active, inactive or completed.", "state").ToProblem();
        if (Dates.Refuse(request.StartsAt, request.EndsAt) is { } dates) return dates.ToProblem();
        if (request.SectionId is { } section && section != before.SectionId
            && (await rules.Place(before.CourseId, section, ct))?.Refuses(section) is { } refusal) return refusal.ToProblem();

        var after = before with
        {
            Role = role ?? before.Role, SectionId = request.SectionId ?? before.SectionId, State = state ?? before.State,
            StartsAt = request.StartsAt, EndsAt = request.EndsAt,
        };
        try
        {
            if (!await enrollments.Change(before, after, seen, ct))
                return Problems.Conflict("Somebody changed this enrolment since you opened it.", await enrollments.Find(enrollmentId, ct),
                    request);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Problems.Taken("role", "This person has, or had, such a place in that section already. Enrol them there instead.");
        }

        db.Audit(CoursesAudit.EnrollmentChanged, CourseStore.ScopeOf(before.CourseId).Key, new { before, after });
        return TypedResults.Ok((await enrollments.Find(enrollmentId, ct))!);
    }
}
