using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Ends a group; its members are in none then.</summary>
internal static class RemoveGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/groups/{groupId}", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<NoContent> Handle(GroupId groupId, GroupStore groups, TenantDb db, CancellationToken ct)
    {
        await groups.Remove(groupId, ct);
        db.Audit(CoursesAudit.GroupsChanged, $"group:{groupId.Value}", new { removed = true });
        return TypedResults.NoContent();
    }
}
