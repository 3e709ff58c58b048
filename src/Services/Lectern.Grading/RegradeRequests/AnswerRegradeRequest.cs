using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Submissions;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RegradeRequests;

/// <summary>Answers a request to look at a grade again; whether the grade was kept or changed is what its score now says.</summary>
internal static class AnswerRegradeRequest
{
    internal sealed record Request(string? Answer, int? Version);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/regrade-requests/{regradeRequestId}/answer", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<RegradeRequest>, NotFound, ProblemHttpResult>> Handle(
        RegradeRequestId regradeRequestId, Request request, HttpContext context, TenantDb db, GradebookStore gradebooks,
        RegradeStore requests, CommentStore comments, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Answer))
            return new Refusal("body_required", "Say what came of it.", "answer").ToProblem();
        if (request.Answer.Length > GradeChange.LongestComment)
            return new Refusal("too_long", $"An answer can have at most {GradeChange.LongestComment} characters.", "answer").ToProblem();
        if (Etag.Seen(context, request.Version) is not { } version) return UpdateAssignment.VersionRequired.ToProblem();
        if (await requests.Find(regradeRequestId, ct) is not { } asked) return TypedResults.NotFound();
        var read = await gradebooks.Read(asked.CourseId, [asked.UserId], ct);
        if (!read.Learners.TryGetValue(asked.UserId, out var learner)) return TypedResults.NotFound();
        var state = learner.GradeOn(asked.AssignmentId).Score == asked.Score ? RegradeState.Kept : RegradeState.Changed;
        if (!await requests.End(regradeRequestId, state, version, ct))
            return Problems.Conflict(
                "This request was answered or withdrawn meanwhile.", await requests.Find(regradeRequestId, ct), request);
        var about = learner.LatestOn(asked.AssignmentId)?.SubmissionId;
        // Who asked reads the answer, also where the grade has been hidden since.
        comments.AddAtCommit(
            asked.CourseId, [new(asked.AssignmentId, asked.UserId, about, request.Answer.Trim(), AtOnce: true, Waits: false)]);
        db.Audit(GradingAudit.RegradeAnswered, $"grade:{asked.AssignmentId.Value}:{asked.UserId.Value}", new { asked.Score, state });
        return TypedResults.Ok((await requests.Find(regradeRequestId, ct))!);
    }
}
