using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Takes a person out of a group.</summary>
internal static class RemoveGroupMember
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/groups/{groupId}/members/{memberId}", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        GroupId groupId, UserId memberId, GroupStore groups, TenantDb db, CancellationToken ct)
    {
        if (!await groups.Leave(groupId, memberId, ct)) return Problems.NotFound();
        db.Audit(CoursesAudit.GroupsChanged, $"group:{groupId.Value}", new { removed = memberId });
        return TypedResults.NoContent();
    }
}
