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

/// <summary>Lists a course's rubrics by title, each with the assignments it is for.</summary>
internal static class ListRubrics
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/rubrics", Handle)
        .RequirePermission(GradingPermission.ReadDrafts);

    internal static async Task<Ok<Page<RubricLine>>> Handle(CourseId courseId, RubricStore rubrics, CancellationToken ct) =>
        TypedResults.Ok(new Page<RubricLine>(await rubrics.List(courseId, ct), null));
}
