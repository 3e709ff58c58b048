using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Takes away a group of outcomes that nothing stands in.</summary>
internal static class DeleteOutcomeGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/outcome-groups/{outcomeGroupId}", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        OutcomeGroupId outcomeGroupId, int? version, HttpContext context, TenantDb db, OutcomeStore outcomes, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await outcomes.FindGroup(outcomeGroupId, ct) is not { } before) return TypedResults.NotFound();
        if (await outcomes.GroupIsUsed(outcomeGroupId, ct))
            return new Refusal("group_not_empty", "Something still stands in this group. Move it elsewhere first.").ToProblem();
        if (!await outcomes.RemoveGroup(outcomeGroupId, seen, ct))
            return Problems.Conflict("Somebody changed this group after you read it.", before, new { deleted = true });
        db.Audit(GradingAudit.OutcomeChanged, $"outcome_group:{outcomeGroupId.Value}", new { deleted = before.Code });
        return TypedResults.NoContent();
    }
}
