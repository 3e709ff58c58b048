using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.Grades;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Puts a learner's latest attempt into the calibration set with a reference, or sets another reference.</summary>
internal static class SetCalibrationWork
{
    /// <param name="Score">Left out where the rubric's total is the score and every criterion that counts is assessed.</param>
    /// <param name="Note">Why; read by who has answered.</param>
    /// <param name="Version">The version of the reference that was seen; 0 where there was none.</param>
    internal sealed record Request(
        decimal? Score, string? Note, int? RubricVersion, IReadOnlyList<CriterionChange?>? Criteria, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/calibration-works/{learnerId}", Handle)
        .RequirePermission(GradingPermission.Moderate);

    internal static async Task<Results<Ok<CalibrationPiece>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, Request request, RouteScope scope, HttpContext context, TenantDb db,
        AssignmentStore assignments, SubmissionStore submissions, CalibrationStore calibrations, CalibrationDesk desk, Judge judge,
        AnonymityStore anonymity, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (request.Note?.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A note can have at most {GradeChange.LongestComment} characters.", "note").ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } assignment
            || await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        var course = new CourseId(scope.Id("course"));
        if (await submissions.Latest(course, assignmentId, learner, ct) is not { } attempt)
            return new Refusal("work_required", "Choose work that was handed in.").ToProblem();
        var stands = await calibrations.Find(assignmentId, learner, ct);
        var (judged, problem) = await judge.Of(
            assignment.Assignment, new(request.Score, request.RubricVersion, request.Criteria), stands?.Assessment, seen + 1, ct);
        if (judged is null) return problem!;
        if (!await calibrations.Save(assignmentId, learner, attempt.SubmissionId, judged, request.Note?.Trim() ?? string.Empty, seen, ct))
            return seen == 0 && await calibrations.Find(assignmentId, learner, ct) is null
                ? new Refusal("calibration_full", $"A calibration set has at most {CalibrationStore.MostWorks} pieces of work.").ToProblem()
                : Problems.Conflict(
                    "Somebody set another reference after you read it.",
                    await desk.LayOut(course, assignmentId, learner, mayChoose: true, ct), request);
        db.Audit(GradingAudit.CalibrationChanged, $"assignment:{assignmentId.Value}:{learner.Value}", new { judged.Score });
        return TypedResults.Ok((await desk.LayOut(course, assignmentId, learner, true, ct))!);
    }
}
