using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Has learners review each other's work no longer; possible until reviews are handed out.</summary>
internal static class RemovePeerPlan
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/peer-plan", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, int? version, HttpContext context, TenantDb db, PeerPlanStore plans, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await plans.Hold(assignmentId, ct) is not { } plan) return TypedResults.NotFound();
        if (await plans.AnyReviews(assignmentId, ct))
            return new Refusal("peer_reviews_exist", "Reviews were handed out here. They are kept, and so is the plan.").ToProblem();
        if (!await plans.Remove(assignmentId, seen, ct))
            return Problems.Conflict("Somebody changed this plan after you read it.", PeerPlanView.Of(plan), new { version });
        db.Audit(GradingAudit.PeerPlanChanged, $"assignment:{assignmentId.Value}", new { removed = true });
        return TypedResults.NoContent();
    }
}
