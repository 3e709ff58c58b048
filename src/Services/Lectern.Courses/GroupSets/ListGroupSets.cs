using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.GroupSets;

/// <summary>Lists the group sets of a course.</summary>
internal static class ListGroupSets
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/group-sets", Handle).RequirePermission(CoursesPermission.ReadGroups).ReadsMayLag().CanWait();

    internal static async Task<Ok<Page<GroupSet>>> Handle(CourseId courseId, GroupSetStore sets, CancellationToken ct) =>
        TypedResults.Ok(new Page<GroupSet>(await sets.Of(courseId, ct), null));
}
