using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Submissions;

/// <summary>Lists learners' latest attempts by name; <c>show</c> is handed_in, ungraded, not_handed_in or everybody.</summary>
internal static class ListSubmissions
{
    /// <param name="SubmissionId">Null, as the attempt is, for who has handed in nothing.</param>
    /// <param name="GroupName">The group that handed in, or that the learner is in; null for who works alone.</param>
    /// <param name="Missing">Past its date for this learner, with nothing handed in.</param>
    /// <param name="Resubmitted">Another attempt came after the one that was graded.</param>
    /// <param name="Withheld">Whoever reads has yet to assess it in a calibration, and is not told what it was graded.</param>
    internal sealed record Response(
        SubmissionId? SubmissionId, UserId UserId, string Name, string SortableName, string? GroupName, int? Attempt,
        SubmissionType? Type, DateTimeOffset? SubmittedAt, bool Late, long SecondsLate, bool Missing, GradeId? GradeId, decimal? Score,
        Calculation.WorkStatus? Status, DateTimeOffset? PostedAt, int Version, bool NeedsGrading, bool Resubmitted, bool Withheld);

    private static readonly Refusal Unknown = new(
        "show_unknown", "Ask for handed_in, ungraded, not_handed_in or everybody.", "show");

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/submissions", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Results<Ok<Page<Response>>, NotFound, ProblemHttpResult>> Handle(
        AssignmentId assignmentId, string? show, PageRequest page, TenantDb db, AssignmentStore assignments,
        SubmissionStore submissions, AnonymityStore anonymity, CalibrationStore calibrations, CancellationToken ct)
    {
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment) return TypedResults.NotFound();
        if (!Words.TryRead<WorkShown>(show, out var shown)) return Unknown.ToProblem();
        var pseudonyms = assignment.Anonymous ? await anonymity.On(assignmentId, ct) : null;
        var lines = await submissions.Page(assignment.CourseId, assignment, shown ?? WorkShown.HandedIn, page, pseudonyms, ct);
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { count = lines.Count });
        var withheld = (await calibrations.Withheld(assignment.CourseId, ct, assignmentId)).Select(work => work.UserId).ToHashSet();
        var rows = lines.ConvertAll(line => Shown(line, line.IsMissing(assignment, db.Now)))
            .ConvertAll(row => withheld.Contains(row.UserId) ? WithoutGrade(row) : row);
        if (pseudonyms is not null)
            rows = rows.ConvertAll(row => row with { UserId = pseudonyms.Of(row.UserId), Name = pseudonyms.NameOf(row.UserId) });
        // Above the numbers people have, so that it is after the line itself under either.
        return TypedResults.Ok(Page<Response>.From(rows, page, row => PageRequest.Key(row.SortableName, row.UserId.Value)));
    }

    private static Response Shown(WorkLine line, bool missing) => new(
        line.SubmissionId, line.UserId, line.Name, line.SortableName, line.GroupName, line.Attempt, line.Type, line.SubmittedAt, line.Late,
        line.SecondsLate, missing, line.GradeId, line.Score, line.Status, line.PostedAt, line.Version, line.NeedsGrading,
        ((CellFlags)line.Flags).HasFlag(CellFlags.Resubmitted), Withheld: false);

    private static Response WithoutGrade(Response row) => row with
    {
        GradeId = null, Score = null, Status = null, PostedAt = null, Version = 0, Withheld = true,
    };
}
