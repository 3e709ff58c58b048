using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.AnswerClaims;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.QuestionMarks;

/// <summary>Says how far the marking of each question has come; one that nobody has answered is left out.</summary>
internal static class CountMarks
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/question-marks", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Ok<Page<QuestionProgress>>> Handle(
        AssignmentId assignmentId, RouteScope scope, AnswerClaimStore claims, CancellationToken ct) =>
        TypedResults.Ok(new Page<QuestionProgress>(
            await claims.Progress(new CourseId(scope.Id("course")), assignmentId, null, ct), null));
}
