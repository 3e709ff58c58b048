using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.MarkingPlans;
using Lectern.Grading.ProvisionalMarks;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkDecisions;

/// <summary>Takes what the rule gives for everybody whose marks are all there and agree; the others are left for a moderator.</summary>
internal static class AcceptMarks
{
    private const int MostAtOnce = 2_000;

    /// <param name="Accepted">How many marks were decided.</param>
    /// <param name="Left">How many wait though all their marks are there, because these lie too far apart or a period is closed.</param>
    /// <param name="More">There may be more than one request takes; ask again.</param>
    internal sealed record Response(int Accepted, int Left, bool More);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/mark-acceptances", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, RouteScope scope, TenantDb db, GradebookStore gradebooks, MarkingPlanStore plans, MarkStore marks,
        DecisionStore decisions, Moderator moderator, PeriodLock periods, CancellationToken ct)
    {
        var courseId = new CourseId(scope.Id("course"));
        if (await plans.Find(assignmentId, ct, held: true) is not { } plan) return AllocateMarkers.NoPlan.ToProblem();
        var ready = await decisions.Ready(courseId, assignmentId, MostAtOnce, ct);
        if (ready.Count == 0) return TypedResults.Ok(new Response(0, 0, false));
        var held = await gradebooks.Hold(courseId, ready, ct);
        if (held.Course is not { } course || course.Find(assignmentId) is not { } assignment) return TypedResults.NotFound();
        var closed = await periods.Over(held, ct);
        // As they stand now that nobody else can decide them.
        var decided = (await decisions.Newest(assignmentId, ready, ct)).Select(one => one.UserId).ToHashSet();
        var given = (await marks.Of(assignmentId, ready, ct)).ToLookup(mark => mark.UserId);
        var made = (
            from learner in ready
            where held.Learners.ContainsKey(learner) && !decided.Contains(learner) && closed.Refuses(assignmentId, learner) is null
            let agreed = plan.Agreed([.. given[learner].Select(mark => mark.Score).OfType<decimal>()], assignment.PointsPossible)
            where agreed is not null && assignment.RefusesScore(agreed) is null
            select moderator.Make(learner, null, DecisionWay.Rule, agreed.Value, given[learner])).ToList();
        if (made.Count > 0)
        {
            if (await moderator.Record(course, assignmentId, held, made, plan, ct) is { } problem) return problem;
            db.Audit(GradingAudit.MarkDecided, $"assignment:{assignmentId.Value}", new { accepted = made.Count, plan.Rule });
        }

        return TypedResults.Ok(new Response(
            made.Count, ready.Count - made.Count - decided.Count, ready.Count == MostAtOnce && made.Count > 0));
    }
}
