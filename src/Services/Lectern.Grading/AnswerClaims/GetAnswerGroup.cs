using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.AnswerClaims;

/// <summary>Lays out equal answers to a question without claiming them, and says who else is at them.</summary>
internal static class GetAnswerGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/answer-claims/{answerKey}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<AnswerGroup>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, string answerKey, [FromQuery(Name = "question_id")] string? question, RouteScope scope, TenantDb db,
        AnswerClaimStore claims, AnswerDesk desk, CancellationToken ct)
    {
        if (!IsKey(answerKey)) return TypedResults.NotFound();
        var asked = new AskedOf(new CourseId(scope.Id("course")), assignmentId, question ?? string.Empty);
        if (await desk.Refuses(asked, ct) is { } refusal) return refusal.ToProblem();
        if ((await desk.LayOut(asked, [answerKey], ct)).FirstOrDefault() is not { } group) return TypedResults.NotFound();
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { asked.Question, answers = 1 });
        return TypedResults.Ok(group with { HeldBy = await claims.HolderOf(asked, Convert.FromHexString(answerKey), ct) });
    }

    /// <summary>Whether this can be what equal answers have in common: SHA-256 as it is sent.</summary>
    internal static bool IsKey(string? key) => key is { Length: 64 } && key.All(char.IsAsciiHexDigitLower);
}
