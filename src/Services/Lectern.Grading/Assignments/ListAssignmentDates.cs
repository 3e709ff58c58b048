using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Lists the sections and people who have other dates than the assignment's own.</summary>
internal static class ListAssignmentDates
{
    internal sealed record Response(IReadOnlyList<AssignmentDate> Items, int Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/dates", Handle)
        .RequirePermission(GradingPermission.ReadDrafts);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, RouteScope scope, AssignmentStore assignments, CancellationToken ct)
    {
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        return TypedResults.Ok(
            new Response(await assignments.Dates(new CourseId(scope.Id("course")), assignmentId, ct), assignment.Version));
    }
}
