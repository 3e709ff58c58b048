using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Rubrics;

/// <summary>Takes the rubric off an assignment; grades and assessments stay as they are.</summary>
internal static class RemoveAssignmentRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/rubric", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, int? version, HttpContext context, TenantDb db, RubricStore rubrics, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await rubrics.Of(assignmentId, ct) is not { } before) return TypedResults.NotFound();
        if (!await rubrics.Detach(assignmentId, seen, ct))
            return Problems.Conflict("Somebody changed this assignment's rubric after you read it.", before, new { removed = true });
        db.Audit(GradingAudit.RubricChanged, $"assignment:{assignmentId.Value}", new { removed = before.Rubric.RubricId });
        return TypedResults.NoContent();
    }
}
