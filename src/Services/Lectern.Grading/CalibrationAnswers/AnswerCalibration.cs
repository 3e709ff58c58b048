using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Grades;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationAnswers;

/// <summary>Says what one would give a piece of the calibration set, once; the answer shows the reference and is never a grade.</summary>
internal static class AnswerCalibration
{
    /// <param name="Score">Left out where the rubric's total is the score and every criterion that counts is assessed.</param>
    internal sealed record Request(decimal? Score, string? Comment, int? RubricVersion, IReadOnlyList<CriterionChange?>? Criteria);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/calibration-answers/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<CalibrationPiece>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, Request request, RouteScope scope, Actor actor, AssignmentStore assignments,
        CalibrationStore calibrations, CalibrationDesk desk, Judge judge, AnonymityStore anonymity, CancellationToken ct)
    {
        if (request.Comment?.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A comment can have at most {GradeChange.LongestComment} characters.", "comment").ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } assignment
            || await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner
            || await calibrations.Find(assignmentId, learner, ct) is not { } work) return TypedResults.NotFound();
        if (work.AuthorId == actor.UserId)
            return new Refusal("calibration_author", "You set the reference of this work, so you are not asked.").ToProblem();
        var (judged, problem) = await judge.Of(
            assignment.Assignment, new(request.Score, request.RubricVersion, request.Criteria), null, version: 1, ct);
        if (judged is null) return problem!;
        var kept = await calibrations.Answer(assignmentId, learner, judged, request.Comment?.Trim() ?? string.Empty, ct);
        if (!kept && await calibrations.Find(assignmentId, learner, ct) is { } stands
            && !judged.SaysTheSame(stands.MyScore, stands.MyAssessment))
            return new Refusal("calibration_answered", "You have said what you would give, and know the reference now.").ToProblem();
        return await desk.LayOut(new CourseId(scope.Id("course")), assignmentId, learner, mayChoose: false, ct) is { } piece
            ? TypedResults.Ok(piece)
            : TypedResults.NotFound();
    }
}
