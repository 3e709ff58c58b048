using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.GroupSets;

/// <summary>Ends a group set with all its groups.</summary>
internal static class RemoveGroupSet
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/group-sets/{groupSetId}", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<NoContent> Handle(GroupSetId groupSetId, GroupSetStore sets, TenantDb db, CancellationToken ct)
    {
        await sets.Remove(groupSetId, ct);
        db.Audit(CoursesAudit.GroupsChanged, $"group_set:{groupSetId.Value}", new { removed = true });
        return TypedResults.NoContent();
    }
}
