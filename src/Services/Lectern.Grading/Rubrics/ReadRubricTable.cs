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

/// <summary>Reads a pasted or uploaded table as criteria and says what it could not understand; nothing is kept.</summary>
internal static class ReadRubricTable
{
    internal sealed record Request(string? Text);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/courses/{courseId}/rubric-tables", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static Results<Ok<RubricTable>, ProblemHttpResult> Handle(CourseId courseId, Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Text))
            return new Refusal("text_required", "Paste a table: one criterion a line, its ratings beside it.", "text").ToProblem();
        if (request.Text.Length > RubricTable.LongestText)
            return new Refusal("too_long", $"A table can have at most {RubricTable.LongestText:N0} characters.", "text").ToProblem();
        return TypedResults.Ok(RubricTable.Read(request.Text));
    }
}
