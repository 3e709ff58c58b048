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

/// <summary>Puts a new version of a rubric in force, also while it is used; assessments keep the version they were made with.</summary>
internal static class ReplaceRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/rubrics/{rubricId}", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<Rubric>, NotFound, ProblemHttpResult>> Handle(
        RubricId rubricId, RubricFields request, HttpContext context, TenantDb db, RubricStore rubrics, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await rubrics.Replace(rubricId, request, seen, ct) is not { } replaced)
            return Problems.Conflict(
                "Somebody changed this rubric after you read it. Nothing was overwritten.", await rubrics.Find(rubricId, ct), request);
        db.Audit(GradingAudit.RubricChanged, $"rubric:{rubricId.Value}", new { version = replaced.Version, title = replaced.Title });
        return TypedResults.Ok(replaced);
    }
}
