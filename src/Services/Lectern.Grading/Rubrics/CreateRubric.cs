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

/// <summary>Adds a rubric to a course.</summary>
internal static class CreateRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/rubrics", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Created<Rubric>, ProblemHttpResult>> Handle(
        CourseId courseId, RubricFields request, TenantDb db, RubricStore rubrics, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        var added = await rubrics.Add(courseId, request, ct);
        db.Audit(GradingAudit.RubricChanged, $"rubric:{added.RubricId.Value}", new { added = added.Title });
        return TypedResults.Created($"/api/v1/rubrics/{added.RubricId.Value}", added);
    }
}
