using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AssignmentGroups;

/// <summary>Lists a course's groups of assignments in their order.</summary>
internal static class ListGroups
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/assignment-groups", Handle)
        .RequirePermission(GradingPermission.ReadAssignments);

    internal static async Task<Ok<Page<AssignmentGroup>>> Handle(CourseId courseId, GroupStore groups, CancellationToken ct) =>
        TypedResults.Ok(new Page<AssignmentGroup>(await groups.List(courseId, ct), null));
}
