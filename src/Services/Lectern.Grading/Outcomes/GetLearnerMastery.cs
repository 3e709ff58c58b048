using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows an observer where their learner stands on every outcome, as the learner sees it.</summary>
internal static class GetLearnerMastery
{
    // The right is held at the learner, so the handler asks for it.
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/learners/{learnerId}/mastery", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Results<Ok<LearnerMastery>, NotFound>> Handle(
        UserId learnerId, Actor actor, TenantDb db, MasteryViews views, CancellationToken ct)
    {
        if (!actor.Holds(GradingPermission.ObserveGrades, Scope.Of("user", learnerId.Value))) return TypedResults.NotFound();
        db.Audit(GradingAudit.GradesRead, $"learner:{learnerId.Value}", new { mastery = true });
        return TypedResults.Ok(await views.Everywhere(learnerId, own: false, ct));
    }
}
