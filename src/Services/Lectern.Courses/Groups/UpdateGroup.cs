using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.Groups;

/// <summary>Changes a group's name and how many it may hold. Who is in stays in.</summary>
internal static class UpdateGroup
{
    internal sealed record Request(string? Name, int? SizeLimit, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/groups/{groupId}", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Ok<Group>, ProblemHttpResult>> Handle(
        GroupId groupId, Request request, GroupStore groups, TenantDb db, HttpContext context, CancellationToken ct)
    {
        var form = new GroupForm(request.Name, request.SizeLimit);
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (!await groups.Update(groupId, form, seen, ct))
            return Problems.Conflict("Somebody changed this group since you opened it.", await groups.Find(groupId, ct), request);
        db.Audit(CoursesAudit.GroupsChanged, $"group:{groupId.Value}", form);
        return TypedResults.Ok((await groups.Find(groupId, ct))!);
    }
}
