using Lectern.Contracts.Courses;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.LateAllowances;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Gradebook;

/// <summary>Puts new rules in force for a course's grades; every total is worked out anew and the old rules stay on record.</summary>
internal static class ReplaceGradingPolicy
{
    internal sealed record Request(GradingRules? Policy, int? Version, string? Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/grading-policy", Handle)
        .RequirePermission(GradingPermission.ManagePolicy);

    internal static async Task<Results<Ok<StoredRules>, ProblemHttpResult>> Handle(
        CourseId courseId, Request request, HttpContext context, TenantDb db, GradebookStore gradebooks, PolicyStore policies,
        LateAllowanceStore allowances, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (request.Policy is not { } rules) return new Refusal("policy_required", "Say the rules.", "policy").ToProblem();
        if (rules.Refused() is { } refusal) return refusal.ToProblem();
        await gradebooks.HoldStructure(courseId, ct);
        if (rules.LatePasses is null && await allowances.AnyUsed(courseId, ct)) return PassesSpent.ToProblem();
        rules = await policies.Numbered(courseId, rules, ct);
        if (!await policies.Change(courseId, rules, version, request.Reason, ct))
            return Problems.Conflict("Somebody changed these rules after you read them.", await policies.Current(courseId, ct), request);
        db.Audit(GradingAudit.PolicyChanged, $"course:{courseId.Value}", new { rules, version = version + 1, request.Reason });
        gradebooks.StructureChangedAtCommit(courseId, new(RecalculationCause.RulesChanged));
        if (rules.LatePasses is not null) gradebooks.CarryCalculatorAtCommit(courseId, GradeCalculator.KnowsAllowances);
        return TypedResults.Ok(new StoredRules(rules, version + 1));
    }

    private static Refusal PassesSpent => new(
        "late_passes_spent", "Learners have spent late passes. Give everybody 0 instead, so that those who spent one keep its worth.",
        "policy.late_passes");
}
