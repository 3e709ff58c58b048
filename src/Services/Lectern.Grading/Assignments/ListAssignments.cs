using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Assignments;

/// <summary>Lists a course's assignments in their order; learners see published ones with their own dates and standing.</summary>
internal static class ListAssignments
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/assignments", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Ok<Page<AssignmentView>>> Handle(
        CourseId courseId, RouteScope scope, AssignmentReader reader, CancellationToken ct) =>
        TypedResults.Ok(new Page<AssignmentView>(await reader.List(scope.Scope, courseId, ct), null));
}
