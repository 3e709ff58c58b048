using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.GroupSets;

/// <summary>Changes a group set's name, whether learners sign up themselves, and how large its groups may be.</summary>
internal static class UpdateGroupSet
{
    internal sealed record Request(string? Name, bool SelfSignUp, int? SizeLimit, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/group-sets/{groupSetId}", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Ok<GroupSet>, ProblemHttpResult>> Handle(
        GroupSetId groupSetId, Request request, GroupSetStore sets, TenantDb db, HttpContext context, CancellationToken ct)
    {
        var form = new GroupSetForm(request.Name, request.SelfSignUp, request.SizeLimit);
        if (form.Refuses() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return Versions.Required.ToProblem();
        if (!await sets.Update(groupSetId, form, seen, ct))
            return Problems.Conflict("Somebody changed this group set since you opened it.", await sets.Find(groupSetId, ct), request);
        db.Audit(CoursesAudit.GroupsChanged, $"group_set:{groupSetId.Value}", form);
        return TypedResults.Ok((await sets.Find(groupSetId, ct))!);
    }
}
