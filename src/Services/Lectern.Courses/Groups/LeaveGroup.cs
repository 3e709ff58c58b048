using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Takes the person out of a group they signed up for.</summary>
internal static class LeaveGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/groups/{groupId}/members/me", Handle).RequirePermission(CoursesPermission.JoinGroup);

    internal static async Task<Results<NoContent,
        ProblemHttpResult>> Handle(GroupId groupId, GroupStore groups, Actor actor, CancellationToken ct)
    {
        if (await groups.Door(groupId, actor.Person, ct) is not { } door || door.IsIn != groupId) return Problems.NotFound();
        if (door.Refuses(bySelf: true) is { } refusal) return refusal.ToProblem();
        await groups.Leave(groupId, actor.Person, ct);
        return TypedResults.NoContent();
    }
}
