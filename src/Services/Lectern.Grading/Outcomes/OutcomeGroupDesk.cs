using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Outcomes;

/// <summary>Makes and changes groups of outcomes, alike for accounts and courses.</summary>
internal sealed class OutcomeGroupDesk(TenantDb db, OutcomeStore outcomes, OutcomeDesk desk)
{
    private const int Deepest = 20;

    public async Task<Results<Created<OutcomeGroup>, ProblemHttpResult>> Create(
        OutcomeOwner owner, OutcomeGroupFields fields, CancellationToken ct)
    {
        if (fields.Refused() is { } refusal) return refusal.ToProblem();
        if (await desk.RefusesGroup(owner, fields.ParentId, "parent_id", ct) is { } unknown) return unknown.ToProblem();
        if (await RefusesPlace(null, fields.ParentId, ct) is { } circle) return circle.ToProblem();
        if (await outcomes.AddGroup(owner, fields, ct) is not { } added) return OutcomeDesk.CodeTaken(fields.Code).ToProblem();
        db.Audit(GradingAudit.OutcomeChanged, $"outcome_group:{added.OutcomeGroupId.Value}", new { added = added.Code });
        return TypedResults.Created($"/api/v1/outcome-groups/{added.OutcomeGroupId.Value}", added);
    }

    public async Task<Results<Ok<OutcomeGroup>, NotFound, ProblemHttpResult>> Replace(
        OutcomeGroupId id, OutcomeGroupFields fields, int? seen, CancellationToken ct)
    {
        if (fields.Refused() is { } refusal) return refusal.ToProblem();
        if (seen is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await outcomes.FindGroup(id, ct) is not { } before) return TypedResults.NotFound();
        if (await desk.RefusesGroup(before.Owner, fields.ParentId, "parent_id", ct) is { } unknown) return unknown.ToProblem();
        if (await RefusesPlace(id, fields.ParentId, ct) is { } circle) return circle.ToProblem();
        if ((await outcomes.OwnGroups(before.Owner, ct)).Exists(one => one.Code == fields.Code && one.OutcomeGroupId != id))
            return OutcomeDesk.CodeTaken(fields.Code).ToProblem();
        if (before.Version != version || !await outcomes.ReplaceGroup(before, fields, ct))
            return Problems.Conflict("Somebody changed this group after you read it. Nothing was overwritten.", before, fields);
        db.Audit(GradingAudit.OutcomeChanged, $"outcome_group:{id.Value}", new { version = version + 1 });
        return TypedResults.Ok((await outcomes.FindGroup(id, ct))!);
    }

    /// <summary>A group stands neither in itself nor too deep.</summary>
    private async Task<Refusal?> RefusesPlace(OutcomeGroupId? group, OutcomeGroupId? parent, CancellationToken ct)
    {
        if (parent is not { } above) return null;
        var known = (await outcomes.OwnGroups((await outcomes.FindGroup(above, ct))!.Owner, ct))
            .ToDictionary(one => one.OutcomeGroupId, one => one.ParentId);
        var depth = 1;
        for (OutcomeGroupId? at = above; at is { } step; at = known.GetValueOrDefault(step))
        {
            if (step == group) return new("group_circle", "A group cannot stand in itself or in one of its own.", "parent_id");
            if (++depth > Deepest) return new("too_deep", $"Groups go at most {Deepest} levels deep.", "parent_id");
        }

        return null;
    }
}
