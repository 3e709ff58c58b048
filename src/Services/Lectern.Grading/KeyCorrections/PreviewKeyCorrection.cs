using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Shows graders what other keys would make of answers that have marks, learner by learner; nothing is kept.</summary>
internal static class PreviewKeyCorrection
{
    private const int MostLines = 500;

    /// <param name="LearnerCount">Learners of whom a mark changes, or would if a person had not given it.</param>
    /// <param name="ScoreChangeCount">How many of them get another score.</param>
    /// <param name="ToldCount">How many of those see their score, and are told.</param>
    /// <param name="ProgramCount">Programs that will be run anew; what they earn is not known before.</param>
    /// <param name="Lines">The first learners, those whose score changes before the others.</param>
    internal sealed record Response(
        int LearnerCount, int ScoreChangeCount, int ToldCount, int ProgramCount, IReadOnlyList<CorrectionLine> Lines);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/key-corrections/preview", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, QuestionFields request, RouteScope scope, TenantDb db, QuestionStore questions,
        CorrectionPreview preview, AnonymityStore anonymity, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if (await questions.Newest(assignmentId, ct) is not { } newest) return TypedResults.NotFound();
        var list = request.ToQuestions();
        var wanted = new QuestionSet(assignmentId, newest.Version + 1, list.Sum(question => question.Points), list);
        var (lines, programs) = await preview.Of(new CourseId(scope.Id("course")), wanted, ct);
        db.Audit(GradingAudit.GradesRead, $"assignment:{assignmentId.Value}", new { preview = lines.Count });
        var pseudonyms = await anonymity.On(assignmentId, ct);
        return TypedResults.Ok(new Response(
            lines.Count, lines.Count(line => line.ChangesScore), lines.Count(line => line is { ChangesScore: true, Posted: true }),
            programs,
            [.. lines.OrderByDescending(line => line.ChangesScore).Take(MostLines).Select(line => line.Under(pseudonyms))]));
    }
}
