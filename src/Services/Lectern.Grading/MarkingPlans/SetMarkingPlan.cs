using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Says that several people mark an assignment and how their marks become one; it begins before anybody is graded.</summary>
internal static class SetMarkingPlan
{
    /// <param name="Version">The version of the plan that was seen; 0 where there was none.</param>
    internal sealed record Request(
        int Markers, AgreementRule? Rule, decimal Tolerance, ToleranceUnit? ToleranceUnit, bool ShowsComments, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/marking-plan", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<GetMarkingPlan.Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, HttpContext context, TenantDb db, AssignmentStore assignments, AssignmentEditor editor,
        MarkingPlanStore plans, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        var plan = new MarkingPlan(
            request.Markers, request.Rule ?? AgreementRule.Average, request.Tolerance, request.ToleranceUnit ?? ToleranceUnit.Points,
            request.ShowsComments, version);
        if (MarkingPlan.Refused(plan) is { } refusal) return refusal.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        await plans.Hold(assignmentId, ct);
        await editor.Hold(before.CourseId, ct);
        if (before.GroupSetId is not null) return AssignmentEditor.GroupsHaveOneMarker.ToProblem();
        var stands = await plans.Find(assignmentId, ct);
        if (stands is null && await plans.IsGraded(assignmentId, ct))
            return new Refusal("marking_too_late", "Somebody has been graded here already.").ToProblem();
        if (!await plans.Save(assignmentId, plan, ct))
            return Problems.Conflict("Somebody changed how this is marked after you read it.", stands, request);
        // From now on grades wait to be posted; another tolerance later moves nothing that is recorded.
        if (stands is null)
            editor.Changed((await assignments.Find(assignmentId, ct))!, RecalculationCause.PostingChanged, new { marking = plan });
        else db.Audit(GradingAudit.AssignmentChanged, $"assignment:{assignmentId.Value}", new { marking = plan });
        return TypedResults.Ok(await GetMarkingPlan.Read(before.CourseId, before.Assignment, plans, ct));
    }
}
