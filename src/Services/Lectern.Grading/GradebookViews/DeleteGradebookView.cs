using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookViews;

/// <summary>Takes away a view of a gradebook that the grader saved; others' stay.</summary>
internal static class DeleteGradebookView
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/courses/{courseId}/gradebook-views/{name}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<NoContent, NotFound>> Handle(
        CourseId courseId, string name, GradebookViewStore views, CancellationToken ct) =>
        await views.Remove(courseId, name.Trim(), ct) ? TypedResults.NoContent() : TypedResults.NotFound();
}
