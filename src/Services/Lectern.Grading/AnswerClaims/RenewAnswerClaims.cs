using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Says that a grader is still at some answers; answers what of them is still theirs.</summary>
internal static class RenewAnswerClaims
{
    internal sealed record Request(string? QuestionId, string[]? AnswerKeys);

    internal sealed record Response(string AnswerKey, DateTimeOffset ClaimedUntil);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/answer-claims", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Page<Response>>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, AnswerClaimStore claims, CancellationToken ct)
    {
        if (request.AnswerKeys?.Length > 100) return new Refusal("too_many", "At most 100 pieces of work.", "answer_keys").ToProblem();
        var asked = new AskedOf(new CourseId(scope.Id("course")), assignmentId, request.QuestionId ?? string.Empty);
        var keys = (request.AnswerKeys ?? []).Where(GetAnswerGroup.IsKey).Select(Convert.FromHexString).ToArray();
        var held = await claims.Renew(asked, keys, ct);
        return TypedResults.Ok(new Page<Response>(
            held.ConvertAll(claim => new Response(Convert.ToHexStringLower(claim.AnswerSha256), claim.ClaimedUntil)), null));
    }
}
