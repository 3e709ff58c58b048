using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradePoints;

/// <summary>Shows a learner's grade point averages to their observer or to an administrator, as the learner sees them.</summary>
internal static class GetLearnerGradePoints
{
    // An observer holds the right at the learner, an administrator at the institution, so the handler asks for both.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/learners/{learnerId}/grade-points", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerGradePoints>, NotFound>> Handle(
        UserId learnerId, Actor actor, TenantDb db, GradePointReader reader, CancellationToken ct)
    {
        var may = new[] { Scope.Of("user", learnerId.Value), Scope.Institution }
            .Any(scope => actor.Holds(GradingPermission.ObserveGrades, scope));
        if (!may || await reader.Read(learnerId, own: false, ct) is not { } read) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"learner:{learnerId.Value}", new { grade_points = true });
        return TypedResults.Ok(read.Averages());
    }
}
