using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Signs the person up for a group that is open to it; from another group of the same set they go over.</summary>
internal static class JoinGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/groups/{groupId}/members/me", Handle).RequirePermission(CoursesPermission.JoinGroup);

    internal static async Task<Results<Ok<Group>,
        ProblemHttpResult>> Handle(GroupId groupId, GroupStore groups, Actor actor, CancellationToken ct)
    {
        if (await groups.Door(groupId, actor.Person, ct) is not { } door) return Problems.NotFound();
        if (door.Refuses(bySelf: true) is { } refusal) return refusal.ToProblem();
        await groups.Put(door.GroupSetId, [(groupId, actor.Person)], ct);
        return TypedResults.Ok((await groups.Find(groupId, ct))!);
    }
}
