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

/// <summary>Shows a rubric; <c>?version=</c> as an earlier version said it.</summary>
internal static class GetRubric
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/rubrics/{rubricId}", Handle)
        .RequirePermission(GradingPermission.ReadDrafts);

    internal static async Task<Results<Ok<Rubric>, NotFound>> Handle(
        RubricId rubricId, int? version, RubricStore rubrics, CancellationToken ct) =>
        await rubrics.Find(rubricId, ct, version) is { } rubric ? TypedResults.Ok(rubric) : TypedResults.NotFound();
}
