using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AssignmentGroups;

/// <summary>Removes a group that no assignment is in.</summary>
internal static class DeleteGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignment-groups/{assignmentGroupId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        AssignmentGroupId assignmentGroupId, int? version, RouteScope scope, HttpContext context, TenantDb db, GroupStore groups,
        GradebookStore gradebooks,
        CancellationToken ct)
    {
        var course = new CourseId(scope.Id("course"));
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        await gradebooks.HoldStructure(course, ct);
        if (await groups.Find(assignmentGroupId, ct) is not { } before) return TypedResults.NotFound();
        if (await groups.IsUsed(course, assignmentGroupId, ct))
            return new Refusal("group_in_use", "Move this group's assignments to another group first.").ToProblem();
        if (!await groups.Remove(assignmentGroupId, seen, ct))
            return Problems.Conflict(
                "Somebody changed this group after you read it.", await groups.Find(assignmentGroupId, ct), new { deleted = true });

        db.Audit(GradingAudit.GroupChanged, $"assignment_group:{assignmentGroupId.Value}", new { deleted = before.Name });
        gradebooks.StructureChangedAtCommit(course, new(RecalculationCause.GroupDeleted, assignmentGroupId.Value));
        return TypedResults.NoContent();
    }
}
