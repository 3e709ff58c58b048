using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Lists the groups of a set and who is in them.</summary>
internal static class ListGroups
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/group-sets/{groupSetId}/groups", Handle).RequirePermission(CoursesPermission.ReadGroups).ReadsMayLag().CanWait();

    internal static async Task<Ok<Page<Group>>> Handle(GroupSetId groupSetId, GroupStore groups, CancellationToken ct) =>
        TypedResults.Ok(new Page<Group>(await groups.Of(groupSetId, ct), null));
}
