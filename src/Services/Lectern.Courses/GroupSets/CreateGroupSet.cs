using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Courses.GroupSets;

/// <summary>Adds a way of dividing a course's learners.</summary>
internal static class CreateGroupSet
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/group-sets", Handle).RequirePermission(CoursesPermission.ManageGroups);

    internal static async Task<Results<Created<GroupSet>, ProblemHttpResult>> Handle(
        CourseId courseId, GroupSetForm request, GroupSetStore sets, CourseStore courses, TenantDb db, CancellationToken ct)
    {
        if (await courses.Find(courseId, ct) is null) return Problems.NotFound();
        if (request.Refuses() is { } refusal) return refusal.ToProblem();
        var set = await sets.Insert(courseId, request, ct);
        db.Audit(CoursesAudit.GroupsChanged, CourseStore.ScopeOf(courseId).Key, new { group_set_id = set, made = request });
        return TypedResults.Created($"/api/v1/group-sets/{set.Value}", (await sets.Find(set, ct))!);
    }
}
