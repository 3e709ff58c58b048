using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerScores;

/// <summary>Shows what taking over scores of peers would change, and what it would leave; nothing is changed.</summary>
internal static class PreviewPeerTakeover
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-takeovers/preview", Handle)
        .RequirePermission(GradingPermission.RecordGrades).CanWait();

    internal static async Task<Results<Ok<TakeoverView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, TakeoverChoice request, RouteScope scope, TenantDb db, AssignmentStore assignments, PeerPlanStore plans,
        TakeoverPlanner planner, CancellationToken ct)
    {
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment
            || await plans.Find(assignmentId, ct) is not { } reviewed) return TypedResults.NotFound();
        if (request.RefusedBy(assignment, reviewed) is { } refusal) return refusal.ToProblem();
        var (plan, refused) = await planner.Plan(new(scope.Id("course")), assignmentId, request, held: false, ct);
        if (plan is null) return refused!.ToProblem();
        db.Audit(GradingAudit.GradesRead, $"assignment:{assignmentId.Value}", new { peer_scores = plan.Scores.Count });
        return TypedResults.Ok(await planner.View(plan, request, ct));
    }
}
