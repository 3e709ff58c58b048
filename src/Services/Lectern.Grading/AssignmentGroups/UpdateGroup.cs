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

/// <summary>Changes a group's name, weight or drop rules; totals are worked out anew.</summary>
internal static class UpdateGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignment-groups/{assignmentGroupId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<AssignmentGroup>, NotFound, ProblemHttpResult>> Handle(
        AssignmentGroupId assignmentGroupId, GroupFields request, RouteScope scope, HttpContext context, TenantDb db, GroupStore groups,
        GradebookStore gradebooks, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await groups.Find(assignmentGroupId, ct) is not { } before) return TypedResults.NotFound();
        if (!await groups.Change(assignmentGroupId, request, version, ct))
            return Problems.Conflict("Somebody changed this group after you read it.", await groups.Find(assignmentGroupId, ct), request);

        var after = (await groups.Find(assignmentGroupId, ct))!;
        db.Audit(GradingAudit.GroupChanged, $"assignment_group:{assignmentGroupId.Value}", new { before, after });
        gradebooks.StructureChangedAtCommit(
            new CourseId(scope.Id("course")), new(RecalculationCause.GroupChanged, assignmentGroupId.Value));
        return TypedResults.Ok(after);
    }
}
