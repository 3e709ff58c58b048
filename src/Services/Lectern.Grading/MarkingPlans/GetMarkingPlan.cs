using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Shows how several people mark an assignment, who has how much of it, and how far it is, by section.</summary>
internal static class GetMarkingPlan
{
    /// <param name="Plan">Null while one person grades it, as usual.</param>
    /// <param name="Staff">Who may mark.</param>
    /// <param name="Standing">How far it is: of all learners first, then by section; empty without a plan.</param>
    internal sealed record Response(
        MarkingPlan? Plan, IReadOnlyList<MarkerShare> Staff, IReadOnlyList<MarkingStanding> Standing);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/marking-plan", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, AssignmentStore assignments, MarkingPlanStore plans, CancellationToken ct) =>
        await assignments.Find(assignmentId, ct) is { } assignment
            ? TypedResults.Ok(await Read(new CourseId(scope.Id("course")), assignment.Assignment, plans, ct))
            : TypedResults.NotFound();

    internal static async Task<Response> Read(CourseId course, Assignment assignment, MarkingPlanStore plans, CancellationToken ct)
    {
        var plan = await plans.Find(assignment.AssignmentId, ct);
        return new(
            plan, await plans.Staff(course, assignment.AssignmentId, ct),
            plan is null
                ? []
                : await plans.Standing(course, assignment.AssignmentId, plan, plan.TolerancePoints(assignment.PointsPossible), ct));
    }
}
