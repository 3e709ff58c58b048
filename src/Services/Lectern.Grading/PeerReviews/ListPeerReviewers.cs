using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Assignments;
using Lectern.Grading.PeerScores;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerReviews;

/// <summary>Lists who reviews on an assignment, with how much each has done and got.</summary>
internal static class ListPeerReviewers
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-reviewers", Handle)
        .RequirePermission(GradingPermission.ReadSubmissions).CanWait();

    internal static async Task<Results<Ok<Page<ReviewerLine>>, NotFound>> Handle(
        AssignmentId assignmentId, PageRequest page, TenantDb db, AssignmentStore assignments, PeerReviewStore reviews,
        PeerScoreStore scores, AnonymityStore anonymity, CancellationToken ct)
    {
        if ((await assignments.Find(assignmentId, ct))?.Assignment is not { } assignment) return TypedResults.NotFound();
        var pseudonyms = assignment.Anonymous ? await anonymity.On(assignmentId, ct) : null;
        var rows = await reviews.Reviewers(assignment.CourseId, assignmentId, page, pseudonyms, ct);
        db.Audit(GradingAudit.SubmissionsRead, $"assignment:{assignmentId.Value}", new { peer_reviewers = rows.Count });
        var near = await scores.Weights(assignmentId, [.. rows.Select(row => row.UserId)], ct);
        rows = rows.ConvertAll(row => near.TryGetValue(row.UserId, out var weight) ? row with { Reliability = weight } : row);
        if (pseudonyms is not null)
            rows = rows.ConvertAll(row => row with { UserId = pseudonyms.Of(row.UserId), Name = pseudonyms.NameOf(row.UserId) });
        return TypedResults.Ok(Page<ReviewerLine>.From(rows, page, row => PageRequest.Key(row.SortableName, row.UserId.Value)));
    }
}
