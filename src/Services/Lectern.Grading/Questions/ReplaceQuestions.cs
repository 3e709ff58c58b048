using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Questions;

/// <summary>Says what an assignment asks and how answers are judged, as a new version; marks that were given stay as they are.</summary>
internal static class ReplaceQuestions
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/assignments/{assignmentId}/question-key", Handle)
        .RequirePermission(GradingPermission.ManageAssignments);

    internal static async Task<Results<Ok<QuestionSet>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, QuestionFields request, HttpContext context, TenantDb db, AssignmentStore assignments,
        AssignmentEditor editor, QuestionStore questions, CancellationToken ct)
    {
        if (request.Refused() is { } refusal) return refusal.ToProblem();
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } assignment) return TypedResults.NotFound();
        if (!assignment.SubmissionTypes.Contains(SubmissionType.Questions))
            return new Refusal("not_questions", "This assignment is handed in as something else than answers to questions.").ToProblem();

        await editor.Hold(assignment.CourseId, ct);
        var before = await questions.Newest(assignmentId, ct);
        if ((before?.Version ?? 0) != seen)
            return Problems.Conflict("Somebody changed these questions after you read them.", before, request);
        var list = request.ToQuestions();
        var wanted = new QuestionSet(assignmentId, seen + 1, list.Sum(question => question.Points), list);
        if (before is not null && !AsksTheSame(before, wanted) && await assignments.HasWork(assignment.CourseId, assignmentId, ct))
            return new Refusal(
                "questions_in_use", "Answers have been handed in, so each question stays and is answered in the same way. What it says, "
                    + "earns and takes for right can still be changed.", "questions").ToProblem();

        await questions.Add(wanted, ct);
        await questions.SetPoints(assignmentId, wanted.PointsPossible, ct);
        db.Audit(GradingAudit.QuestionsChanged, $"assignment:{assignmentId.Value}", new { version = wanted.Version });
        if (assignment.PointsPossible != wanted.PointsPossible) editor.Changed(
            (await assignments.Find(assignmentId, ct))!, RecalculationCause.AssignmentChanged, new { questions = wanted.Version });
        return TypedResults.Ok(wanted);
    }

    private static bool AsksTheSame(QuestionSet before, QuestionSet wanted) =>
        before.Questions.Count == wanted.Questions.Count
        && wanted.Questions.TrueForAll(question => before.Find(question.QuestionId)?.Key.Kind == question.Key.Kind);
}
