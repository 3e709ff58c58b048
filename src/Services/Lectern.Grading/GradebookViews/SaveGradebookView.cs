using Lectern.Contracts.Courses;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.GradebookViews;

/// <summary>Saves a grader's view of a gradebook under a name, in place of their own of that name; all graders may be shown it.</summary>
internal static class SaveGradebookView
{
    internal sealed record Request(ViewFilters? Filters, bool Shared = false);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/courses/{courseId}/gradebook-views/{name}", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        CourseId courseId, string name, Request request, GradebookViewStore views, CancellationToken ct)
    {
        var filters = request.Filters ?? new ViewFilters();
        if ((GradebookView.RefusedName(name) ?? filters.Refused()) is { } refusal) return refusal.ToProblem();
        if (!await views.Save(courseId, name.Trim(), filters, request.Shared, ct))
            return new Refusal("too_many", $"At most {GradebookView.MostOfOnePerson} views of one gradebook.", "name").ToProblem();
        return TypedResults.NoContent();
    }
}
