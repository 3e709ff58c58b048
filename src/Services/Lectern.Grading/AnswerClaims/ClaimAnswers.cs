using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Gives a grader the next answers to a question, equal ones together, for five minutes; nobody else is given the same.</summary>
internal static class ClaimAnswers
{
    private const int MostAhead = 8;

    /// <param name="Count">How many groups of equal answers to hold in all, with those held already.</param>
    /// <param name="Known">Keys of groups the page has; they are not sent again.</param>
    internal sealed record Request(string? QuestionId, int? Count, string[]? Known);

    internal sealed record Response(IReadOnlyList<ClaimedAnswers> Claims, QuestionProgress Progress);

    /// <param name="Group">Null where the page has it already.</param>
    internal sealed record ClaimedAnswers(string AnswerKey, DateTimeOffset ClaimedUntil, AnswerGroup? Group);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/answer-claims", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, TenantDb db, AnswerClaimStore claims, AnswerDesk desk,
        CancellationToken ct)
    {
        if (request.Count is < 1 or > MostAhead)
            return new Refusal("count_out_of_range", $"Between 1 and {MostAhead} pieces of work.", "count").ToProblem();
        var asked = new AskedOf(new CourseId(scope.Id("course")), assignmentId, request.QuestionId ?? string.Empty);
        if (await desk.Refuses(asked, ct) is { } refusal) return refusal.ToProblem();
        var held = (await claims.Claim(asked, request.Count ?? 1, ct))
            .ConvertAll(claim => (Key: Convert.ToHexStringLower(claim.AnswerSha256), claim.ClaimedUntil));
        var wanted = held.ConvertAll(claim => claim.Key).Except(request.Known ?? []).ToList();
        var groups = (await desk.LayOut(asked, wanted, ct)).ToDictionary(group => group.AnswerKey);
        if (groups.Count > 0)
            db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { asked.Question, answers = groups.Count });
        var progress = await claims.Progress(asked.Course, assignmentId, asked.Question, ct);
        return TypedResults.Ok(new Response(
            held.ConvertAll(claim => new ClaimedAnswers(claim.Key, claim.ClaimedUntil, groups.GetValueOrDefault(claim.Key))),
            progress.FirstOrDefault() ?? new QuestionProgress(asked.Question, 0, 0, 0)));
    }
}
