using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookViews;

/// <summary>Lists a grader's saved views of a course's gradebook, and those that other graders share.</summary>
internal static class ListGradebookViews
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/courses/{courseId}/gradebook-views", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<GradebookView>>> Handle(CourseId courseId, GradebookViewStore views, CancellationToken ct) =>
        TypedResults.Ok(new Page<GradebookView>(await views.List(courseId, ct), null));
}
