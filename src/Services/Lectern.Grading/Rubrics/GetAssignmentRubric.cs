using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Rubrics;

/// <summary>Shows what an assignment is assessed by; learners see it once the assignment is published.</summary>
internal static class GetAssignmentRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/rubric", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Results<Ok<AssignmentRubric>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, AssignmentReader assignments, RubricStore rubrics, CancellationToken ct) =>
        await assignments.Get(scope.Scope, assignmentId, ct) is { Description: not null }
            && await rubrics.Of(assignmentId, ct) is { } rubric
            ? TypedResults.Ok(rubric)
            : TypedResults.NotFound();
}
