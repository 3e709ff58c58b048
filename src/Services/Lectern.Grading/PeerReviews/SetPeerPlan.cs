using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Says how learners review each other's work on an assignment.</summary>
internal static class SetPeerPlan
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/peer-plan", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Ok<PeerPlanView>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, PeerPlanFields request, HttpContext context, TenantDb db, AssignmentStore assignments,
        RubricStore rubrics, PeerPlanStore plans, PeerNotices notices, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment) return TypedResults.NotFound();
        var before = await plans.Hold(assignmentId, ct);
        if (request.RefusedBy(assignment, before, db.Now) is { } refusal) return refusal.ToProblem();
        if (request.ByRubric && await rubrics.Of(assignmentId, ct) is null)
            return new Refusal("no_rubric", "This assignment is not assessed by a rubric.", "by_rubric").ToProblem();
        if (request.ApartGroupSetId is { } set && !await assignments.HasGroupSet(assignment.CourseId, set, ct))
            return new Refusal("unknown_group_set", "This course has no such group set.", "apart_group_set_id").ToProblem();
        if (before is not null && request.BreaksPromise(before) is { } broken && await plans.AnyReviews(assignmentId, ct))
            return broken.ToProblem();
        if ((before?.Version ?? 0) != seen || !await plans.Save(assignmentId, assignment.CourseId, request, seen, ct))
            return Problems.Conflict(
                "Somebody changed this plan after you read it.", before is null ? null : PeerPlanView.Of(before), request);

        // One set for another instant finds at its own that it is no longer meant.
        if (request.Allocates is { } at && at != before?.AllocatesAt)
            db.Enqueue(new AllocatePeers(assignmentId, at), new JobOptions { Priority = JobPriority.Soon, RunAt = at });
        if (request.ReviewsDueAt is { } due && due != before?.ReviewsDueAt) notices.Schedule(assignmentId, due);
        db.Audit(GradingAudit.PeerPlanChanged, $"assignment:{assignmentId.Value}", request);
        return TypedResults.Ok(PeerPlanView.Of((await plans.Find(assignmentId, ct))!));
    }
}
