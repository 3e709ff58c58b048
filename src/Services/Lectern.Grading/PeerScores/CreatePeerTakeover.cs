using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Grades;
using Lectern.Grading.PeerReviews;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerScores;

/// <summary>Takes scores of peers over as grades, as a preview showed it: all of them or, if anything has changed since, none.</summary>
internal static class CreatePeerTakeover
{
    internal sealed record Response(PeerTakeoverId PeerTakeoverId, int Grades);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-takeovers", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, TakeoverChoice request, RouteScope scope, TenantDb db, AssignmentStore assignments, PeerPlanStore plans,
        TakeoverPlanner planner, PeerScoreStore scores, GradeRecorder recorder, CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment
            || await plans.Find(assignmentId, ct) is not { } reviewed) return TypedResults.NotFound();
        if (request.RefusedBy(assignment, reviewed) is { } refusal) return refusal.ToProblem();
        var (plan, refused) = await planner.Plan(course, assignmentId, request, held: true, ct);
        if (plan is null) return refused!.ToProblem();
        if (plan.Seen != request.Seen)
            return Problems.Conflict(
                "Grades or reviews have changed since you looked. Nothing was taken over.", await planner.View(plan, request, ct), request);
        if (plan.Changes is not { Count: > 0 } changes)
            return new Refusal("nothing_to_change", "Nothing was chosen, so there is nothing to apply.").ToProblem();
        var recorded = await recorder.Record(
            course, [.. changes.Select(one => new AskedChange(assignmentId, one.UserId, ChangeOf(one, request.Rule)))], null, ct);
        if (recorded.Result is not Ok<RecordedGrades> { Value.Grades: { } made }) return (ProblemHttpResult)recorded.Result;
        var id = await scores.Add(course, assignmentId, request.Rule, request.Overwrites, [.. changes.Zip(made).Select(of => new TakenGrade(
            of.First.UserId, of.First.Peers.Score!.Value, of.First.Peers.Scores.Count, of.First.Grade.Version, of.Second.Version))], ct);
        db.Audit(GradingAudit.PeerScoresTaken, $"assignment:{assignmentId.Value}", new
        {
            grades = changes.Count, request.Rule, request.Overwrites,
        });
        return TypedResults.Created($"/api/v1/assignments/{assignmentId.Value}/peer-takeovers", new Response(id, changes.Count));
    }

    // A group's reviews were given to each who made the work, so each is asked for by themselves.
    private static GradeChange ChangeOf(PlannedScore one, PeerRule rule) => new()
    {
        Score = one.Peers.Score, Version = one.Grade.Version, SubmissionId = one.SubmissionId, Reason = one.Peers.Said(rule),
        OnlyThisLearner = true,
    };
}
