using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.MarkDecisions;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.ProvisionalMarks;

/// <summary>Saves one's own mark of work one was given; other markers see it once all have marked, learners never.</summary>
internal static class SaveProvisionalMark
{
    /// <param name="Score">Left out where the rubric's total is the score and every criterion that counts is assessed.</param>
    /// <param name="Criteria">All of the assessment by the rubric; left out, it stays.</param>
    internal sealed record Request(
        decimal? Score, string? Comment, int? RubricVersion, IReadOnlyList<CriterionChange?>? Criteria, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/provisional-marks/{learnerId}", Handle)
        .RequirePermission(GradingPermission.RecordGrades).Critical();

    internal static async Task<Results<Ok<OwnMark>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, UserId learnerId, Request request, RouteScope scope, GradebookStore gradebooks, MarkStore marks,
        DecisionStore decisions, AnonymityStore anonymity, Actor actor, Judge judge, CancellationToken ct)
    {
        if (request.Version is not { } seen)
            return new Refusal("version_required", "Say which version of your mark you saw; 0 before the first.", "version").ToProblem();
        if (request.Comment?.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"A comment can have at most {GradeChange.LongestComment} characters.", "comment").ToProblem();
        if (await anonymity.Learner(assignmentId, learnerId, ct) is not { } learner) return TypedResults.NotFound();
        // Held, so that of two who mark the same work at once one is the last, and no mark comes behind a decision.
        var held = await gradebooks.Hold(new CourseId(scope.Id("course")), [learner], ct);
        if (held.Course?.Find(assignmentId) is not { SeveralMarkers: true } assignment) return TypedResults.NotFound();
        var all = await marks.Of(assignmentId, [learner], ct);
        if (all.Find(mark => mark.MarkerId == actor.UserId) is not { } stands)
            return Problems.Forbidden("This work was given to others to mark.");
        if (await decisions.Newest(assignmentId, learner, ct) is not null)
            return new Refusal("mark_decided", "The mark has been decided. Tell a moderator if it is to be another.").ToProblem();
        var (judged, problem) = await judge.Of(
            assignment, new(request.Score, request.RubricVersion, request.Criteria), stands.Assessment, seen + 1, ct);
        if (judged is null) return problem!;
        var comment = request.Comment?.Trim() ?? stands.Comment;
        // The answer to the first request was lost, say.
        if (stands.Version == seen + 1 && judged.SaysTheSame(stands.Score, stands.Assessment) && stands.Comment == comment)
            return TypedResults.Ok(OwnMark.Of(all, actor.UserId)!);
        if (!await marks.Save(assignmentId, learner, judged, comment, seen, ct))
            return Problems.Conflict("You changed this mark from another window.", OwnMark.Of(all, actor.UserId), request);
        return TypedResults.Ok((await marks.Own(assignmentId, learner, ct))!);
    }
}
