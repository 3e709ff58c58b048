using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.QuestionMarks;

/// <summary>Gives the same mark to one answer or to many answers to a question; grades follow when nothing else waits.</summary>
internal static class RecordMarks
{
    private const int MostMarks = 1000;

    /// <param name="Score">Null: the answer waits for a person again.</param>
    /// <param name="Marks">Which answers, each with the version of its mark that was seen.</param>
    internal sealed record Request(string? QuestionId, decimal? Score, string? Feedback, IReadOnlyList<SeenMark>? Marks);

    internal sealed record SeenMark(SubmissionId SubmissionId, int Version);

    internal sealed record Response(IReadOnlyList<QuestionMark> Marks);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/question-marks", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, RouteScope scope, TenantDb db, QuestionMarkStore marks, MarkedScores scores,
        GradebookStore gradebooks, PeriodLock periods, CancellationToken ct)
    {
        if (Refused(request) is { } refusal) return refusal.ToProblem();
        var (course, question, feedback) = (new CourseId(scope.Id("course")), request.QuestionId!, (request.Feedback ?? "").Trim());
        var seen = request.Marks!.ToDictionary(mark => mark.SubmissionId, mark => mark.Version);
        // Rows before marks, like the job that makes them.
        var meant = await marks.Placed(assignmentId, question, seen.Keys, ct);
        var held = await gradebooks.Hold(course, [.. meant.Select(mark => mark.UserId).Distinct()], ct);
        if (held.Course?.Find(assignmentId) is { SeveralMarkers: true })
            return (Assignment.MarkedBySeveral with { Field = "score" }).ToProblem();
        var closed = await periods.Over(held, ct);
        if (meant.Select(mark => closed.Refuses(assignmentId, mark.UserId)).FirstOrDefault(no => no is not null) is { } shut)
            return shut.ToProblem();
        meant = await marks.Placed(assignmentId, question, seen.Keys, ct);
        if (meant.Count(mark => !mark.Along) < seen.Count) return Unknown.ToProblem();
        if (meant.Exists(mark => request.Score > mark.Points))
            return new Refusal("score_above_points", "This is more than the question is worth.", "score").ToProblem();

        var open = meant.Where(mark => mark.Along || !IsIn(mark, request, feedback, seen[mark.SubmissionId])).ToList();
        var given = await marks.Give(
            question, [.. open.Select(mark => (mark.SubmissionId, mark.Along ? mark.Version : seen[mark.SubmissionId]))], request.Score,
            feedback, ct);
        if (given.Count < open.Count)
            return Problems.Conflict(
                "Somebody marked some of these answers after you read them. Nothing was changed.", meant.ConvertAll(mark => mark.Mark),
                request);
        db.Audit(GradingAudit.AnswersMarked, $"assignment:{assignmentId.Value}", new { question, count = given.Count, request.Score });
        List<SubmissionId> attempts = [.. meant.Select(mark => mark.SubmissionId)];
        if (request.Score is null) await scores.TakeBack(course, assignmentId, attempts, ct);
        else await scores.Record(course, assignmentId, attempts, null, ct);
        return TypedResults.Ok(new Response(
            [.. given, .. meant.Where(mark => given.TrueForAll(one => one.SubmissionId != mark.SubmissionId)).Select(mark => mark.Mark)]));
    }

    /// <summary>Whether it stands so already: the answer to the first request was lost, say.</summary>
    private static bool IsIn(PlacedMark mark, Request request, string feedback, int seen) =>
        mark.Version == seen + 1 && mark.Score == request.Score && mark.Feedback == feedback;

    private static Refusal Unknown => new("unknown_submission", "Some of these answers are not here.", "marks");

    private static Refusal? Refused(Request request) => request switch
    {
        { QuestionId: null or { Length: 0 } } => new("question_required", "Say which question.", "question_id"),
        { Marks: null or { Count: 0 } } => new("marks_required", "Say which answers.", "marks"),
        { Marks.Count: > MostMarks } => new("too_many", $"At most {MostMarks:N0} answers at once.", "marks"),
        _ when request.Marks.Any(mark => mark is null) => new("marks_required", "Say which answers.", "marks"),
        _ when request.Marks.DistinctBy(mark => mark.SubmissionId).Count() < request.Marks.Count =>
            new("ids_repeat", "Each answer is named once.", "marks"),
        { Score: < 0 } => new("score_negative", "A score cannot be less than 0.", "score"),
        { Score: > Assignment.LargestScore } =>
            new("score_too_large", $"A score can be at most {Assignment.LargestScore:0}.", "score"),
        { Score: { } fine } when decimal.Round(fine, Scaled.Places) != fine =>
            new("score_too_fine", $"A score can have at most {Scaled.Places} decimals.", "score"),
        { Feedback.Length: > GradeChange.LongestComment } =>
            new("too_long", $"Feedback can have at most {GradeChange.LongestComment:N0} characters.", "feedback"),
        _ => null,
    };
}
