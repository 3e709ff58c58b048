using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Lists learners' latest attempts, by name: <c>?ungraded=true</c> what waits, <c>?everybody=true</c> also who has none.</summary>
internal static class ListSubmissions
{
    /// <param name="SubmissionId">Null, as the attempt is, for who has handed in nothing.</param>
    /// <param name="Missing">Past its date for this learner, with nothing handed in.</param>
    internal sealed record Response(
        SubmissionId? SubmissionId, UserId UserId, string Name, string SortableName, int? Attempt, SubmissionType? Type,
        DateTimeOffset? SubmittedAt, bool Late, long SecondsLate, bool Missing, GradeId? GradeId, decimal? Score,
        Calculation.WorkStatus? Status, DateTimeOffset? PostedAt, int Version, bool NeedsGrading);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submissions", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Results<Ok<Page<Response>>, NotFound>> Handle(
        AssignmentId assignmentId, bool? ungraded, bool? everybody, PageRequest page, TenantDb db, AssignmentStore assignments,
        SubmissionStore submissions, CancellationToken ct)
    {
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment) return TypedResults.NotFound();
        var shown = ungraded is true ? WorkShown.Ungraded : everybody is true ? WorkShown.Everybody : WorkShown.HandedIn;
        var lines = await submissions.Page(assignment.CourseId, assignment, shown, page, ct);
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { count = lines.Count });
        var rows = lines.ConvertAll(line => Shown(line, line.IsMissing(assignment, db.Now)));
        return TypedResults.Ok(Page<Response>.From(rows, page, row => PageRequest.Key(row.SortableName, row.UserId.Value)));
    }

    private static Response Shown(WorkLine line, bool missing) => new(
        line.SubmissionId, line.UserId, line.Name, line.SortableName, line.Attempt, line.Type, line.SubmittedAt, line.Late,
        line.SecondsLate, missing, line.GradeId, line.Score, line.Status, line.PostedAt, line.Version, line.NeedsGrading);
}
