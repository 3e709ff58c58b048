using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Enrollments;

/// <summary>Takes a person out of a section. What they may do there ends at once; their work and grades stay.</summary>
internal static class RemoveEnrollment
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/enrollments/{enrollmentId}", Handle).RequirePermission(CoursesPermission.ManageRoster);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        EnrollmentId enrollmentId, EnrollmentStore enrollments, TenantDb db, CancellationToken ct)
    {
        if (await enrollments.Find(enrollmentId, ct) is not { } enrollment) return Problems.NotFound();
        if (await enrollments.Remove([enrollmentId], ct) is [var ended])
            db.Audit(CoursesAudit.PersonUnenrolled, CourseStore.ScopeOf(ended.CourseId).Key,
                new { user_id = enrollment.UserId, enrollment.Role });
        return TypedResults.NoContent();
    }
}
