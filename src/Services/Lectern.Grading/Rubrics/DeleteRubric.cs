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

/// <summary>Takes a rubric that no assignment uses out of its course; what was assessed by it stays as it is.</summary>
internal static class DeleteRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/rubrics/{rubricId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        RubricId rubricId, int? version, HttpContext context, TenantDb db, RubricStore rubrics, CancellationToken ct)
    {
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await rubrics.Find(rubricId, ct) is not { } before) return TypedResults.NotFound();
        if (await rubrics.IsUsed(rubricId, ct))
            return new Refusal("rubric_in_use", "Take this rubric off its assignments first.").ToProblem();
        if (!await rubrics.Remove(rubricId, seen, ct))
            return Problems.Conflict("Somebody changed this rubric after you read it.", before, new { deleted = true });
        db.Audit(GradingAudit.RubricChanged, $"rubric:{rubricId.Value}", new { deleted = before.Title });
        return TypedResults.NoContent();
    }
}
