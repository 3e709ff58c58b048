using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Grades;

/// <summary>Shows every change of one learner's grade on one assignment: what, who, when, why and from where.</summary>
internal static class ListGradeHistory
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/grades/{learnerId}/history", Handle)
        .RequirePermission(GradingPermission.ReadGrades).CanWait();

    internal static async Task<Ok<Page<GradeEntry>>> Handle(
        AssignmentId assignmentId, UserId learnerId, TenantDb db, GradeStore grades, CancellationToken ct)
    {
        db.Audit(GradingAudit.GradesRead, $"grade:{assignmentId.Value}:{learnerId.Value}", new { history = true });
        return TypedResults.Ok(new Page<GradeEntry>(await grades.History(assignmentId, learnerId, ct), null));
    }
}
