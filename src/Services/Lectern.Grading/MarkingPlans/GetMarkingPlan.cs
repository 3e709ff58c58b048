using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.MarkingPlans;

/// <summary>Shows how several people mark an assignment, and who has how much of it.</summary>
internal static class GetMarkingPlan
{
    /// <param name="Plan">Null while one person grades it, as usual.</param>
    /// <param name="Staff">Who may mark.</param>
    /// <param name="Unallocated">Learners who have fewer markers than the plan says.</param>
    internal sealed record Response(MarkingPlan? Plan, IReadOnlyList<MarkerShare> Staff, int Unallocated);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/marking-plan", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Ok<Response>> Handle(
        AssignmentId assignmentId, RouteScope scope, MarkingPlanStore plans, CancellationToken ct) =>
        TypedResults.Ok(await Read(new CourseId(scope.Id("course")), assignmentId, plans, ct));

    internal static async Task<Response> Read(CourseId course, AssignmentId assignment, MarkingPlanStore plans, CancellationToken ct)
    {
        var plan = await plans.Find(assignment, ct);
        var learners = plan is null ? [] : await plans.Learners(course, assignment, ct);
        return new(plan, await plans.Staff(course, assignment, ct), learners.Count(one => one.Markers.Length < plan!.Markers));
    }
}
