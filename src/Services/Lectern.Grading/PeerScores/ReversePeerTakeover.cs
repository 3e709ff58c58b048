using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerScores;

/// <summary>Takes a takeover back: grades that are still as it made them become what they were; what was changed since stays.</summary>
internal static class ReversePeerTakeover
{
    /// <param name="Reverted">How many went back.</param>
    /// <param name="Kept">How many somebody has changed since, or a closed period keeps.</param>
    internal sealed record Response(int Reverted, int Kept);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/assignments/{assignmentId}/peer-takeovers/{peerTakeoverId}/reversal", Handle)
        .RequirePermission(GradingPermission.RecordGrades);

    internal static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, PeerTakeoverId peerTakeoverId, TenantDb db, PeerScoreStore scores, GradebookStore gradebooks,
        PeriodLock periods, GradeRecorder recorder, CancellationToken ct)
    {
        if (await scores.Hold(assignmentId, peerTakeoverId, ct) is not { } takeover) return TypedResults.NotFound();
        // The answer to the first request was lost, say.
        if (takeover.Reverted is { } done) return TypedResults.Ok(new Response(done, takeover.Grades - done));
        var made = await scores.Grades(peerTakeoverId, ct);
        var held = await gradebooks.Hold(takeover.CourseId, [.. made.Select(one => one.UserId)], ct);
        var closed = await periods.Over(held, ct);
        var asked = (
            from one in made
            where held.Learners.ContainsKey(one.UserId) && closed.Refuses(assignmentId, one.UserId) is null
            let grade = held.Learners[one.UserId].GradeOn(assignmentId)
            where grade.IsAsSeenAt(one.MadeVersion)
            select new AskedChange(assignmentId, one.UserId, new GradeChange
            {
                Restore = one.SeenVersion, Version = grade.Version, Reason = "Reviews by peers taken back",
            })).ToList();
        if (asked.Count > 0 && (await recorder.Record(takeover.CourseId, asked, null, ct)).Result is ProblemHttpResult problem)
            return problem;
        await scores.Reverse(peerTakeoverId, asked.Count, ct);
        db.Audit(GradingAudit.PeerScoresTaken, $"assignment:{assignmentId.Value}", new { reversed = peerTakeoverId, asked.Count });
        return TypedResults.Ok(new Response(asked.Count, made.Count - asked.Count));
    }
}
