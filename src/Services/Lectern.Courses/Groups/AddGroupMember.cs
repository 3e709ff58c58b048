using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Puts a learner of the course into a group; from another group of the same set they go over.</summary>
internal static class AddGroupMember
{
    internal sealed record Request(UserId UserId);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/groups/{groupId}/members", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Ok<Group>, ProblemHttpResult>> Handle(
        GroupId groupId, Request request, GroupStore groups, TenantDb db, CancellationToken ct)
    {
        if (await groups.Door(groupId, request.UserId, ct) is not { } door) return Problems.NotFound();
        if (door.Refuses(bySelf: false) is { } refusal) return refusal.ToProblem();
        await groups.Put(door.GroupSetId, [(groupId, request.UserId)], ct);
        db.Audit(CoursesAudit.GroupsChanged, $"group:{groupId.Value}", new { added = request.UserId });
        return TypedResults.Ok((await groups.Find(groupId, ct))!);
    }
}
