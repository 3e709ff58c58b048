using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Gives equal answers back to the queue; with <c>?skip=true</c> they come after all that nobody has passed over.</summary>
internal static class ReleaseAnswerClaim
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/assignments/{assignmentId}/answer-claims/{answerKey}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<NoContent> Handle(
        AssignmentId assignmentId, string answerKey, [FromQuery(Name = "question_id")] string? question, bool? skip, RouteScope scope,
        AnswerClaimStore claims, CancellationToken ct)
    {
        var asked = new AskedOf(new CourseId(scope.Id("course")), assignmentId, question ?? string.Empty);
        if (GetAnswerGroup.IsKey(answerKey)) await claims.Release(asked, Convert.FromHexString(answerKey), skip is true, ct);
        return TypedResults.NoContent();
    }
}
