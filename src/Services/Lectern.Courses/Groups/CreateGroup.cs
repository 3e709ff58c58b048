using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Adds a group to a set.</summary>
internal static class CreateGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/group-sets/{groupSetId}/groups", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Created<Group>, ProblemHttpResult>> Handle(
        GroupSetId groupSetId, GroupForm request, GroupStore groups, TenantDb db, CancellationToken ct)
    {
        if (request.Refuses() is { } refusal) return refusal.ToProblem();
        var group = await groups.Insert(groupSetId, request, ct);
        db.Audit(CoursesAudit.GroupsChanged, $"group_set:{groupSetId.Value}", new { group_id = group, made = request });
        return TypedResults.Created($"/api/v1/groups/{group.Value}", (await groups.Find(group, ct))!);
    }
}
