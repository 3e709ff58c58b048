using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AssignmentGroups;

/// <summary>Adds a group of assignments to a course.</summary>
internal static class CreateGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/assignment-groups", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Created<AssignmentGroup>, ProblemHttpResult>> Handle(
        CourseId courseId, GroupFields request, TenantDb db, GroupStore groups, GradebookStore gradebooks, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        await gradebooks.HoldStructure(courseId, ct);
        var id = await groups.Add(courseId, request, ct);
        db.Audit(GradingAudit.GroupChanged, $"assignment_group:{id.Value}", new { added = request });
        gradebooks.StructureChangedAtCommit(courseId, new(RecalculationCause.GroupAdded, id.Value));
        return TypedResults.Created($"/api/v1/assignment-groups/{id.Value}", (await groups.Find(id, ct))!);
    }
}
