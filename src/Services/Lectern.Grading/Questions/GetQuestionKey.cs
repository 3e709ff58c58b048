using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Questions;

/// <summary>Shows the questions of an assignment with what answers are judged by, for who writes or grades them.</summary>
internal static class GetQuestionKey
{
    /// <param name="Languages">What programs can be written in here.</param>
    /// <param name="InUse">Whether answers were handed in, so that a change may concern them.</param>
    internal sealed record Response(
        AssignmentId AssignmentId, int Version, decimal PointsPossible, QuestionList Questions, IReadOnlyCollection<string> Languages,
        bool InUse);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/question-key", Handle)
        .RequirePermission(GradingPermission.ReadQuestionKeys);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        AssignmentId assignmentId, HttpContext context, AssignmentStore assignments, QuestionStore questions, ICodeRunner runner,
        CancellationToken ct)
    {
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        var inUse = await assignments.HasWork(assignment.CourseId, assignmentId, ct);
        var set = await questions.Newest(assignmentId, ct) ?? new QuestionSet(assignmentId, 0, 0, []);
        context.Response.Headers.ETag = Etag.Of(set.Version);
        return TypedResults.Ok(new Response(assignmentId, set.Version, set.PointsPossible, set.Questions, runner.Languages, inUse));
    }
}
