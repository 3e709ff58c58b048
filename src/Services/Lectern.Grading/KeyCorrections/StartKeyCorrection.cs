using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Questions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Judges all answers anew by the newest version of the questions, in the background.</summary>
internal static class StartKeyCorrection
{
    internal sealed record Request(int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/key-corrections", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Accepted<KeyCorrection>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, Request request, HttpContext context, TenantDb db, AssignmentStore assignments, QuestionStore questions,
        KeyCorrectionStore corrections, CancellationToken ct)
    {
        if (Etag.Seen(context, request.Version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (await assignments.Find(assignmentId, ct) is not { } assignment || await questions.Newest(assignmentId, ct) is not { } newest)
            return TypedResults.NotFound();
        if (newest.Version != seen)
            return Problems.Conflict("Somebody changed these questions after you read them. No answer was judged anew.", newest, request);
        if (await corrections.Begin(assignment.CourseId, assignmentId, seen, ct) is not { } id) return Busy.ToProblem();
        db.Audit(GradingAudit.QuestionsChanged, $"assignment:{assignmentId.Value}", new { correction = id, version = seen });
        db.Enqueue(new CorrectMarks(id), CorrectMarks.Options(db.Tenant, assignmentId));
        return TypedResults.Accepted($"/api/v1/assignments/{assignmentId.Value}/key-corrections", await corrections.Find(id, ct));
    }

    internal static Refusal Busy => new("key_correction_state", "Answers are being judged anew. Wait until that is done.");
}
