using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerResets;

/// <summary>Lists which reviews were taken away together, and what was put back.</summary>
internal static class ListPeerResets
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-resets", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Ok<Page<PeerReset>>> Handle(
        AssignmentId assignmentId, PeerResetStore resets, AnonymityStore anonymity, CancellationToken ct)
    {
        var rows = await resets.List(assignmentId, ct);
        if (await anonymity.On(assignmentId, ct) is { Hidden: true } pseudonyms)
            rows = rows.ConvertAll(row => row.ReviewerId is { } reviewer
                ? row with { ReviewerId = pseudonyms.Of(reviewer), ReviewerName = pseudonyms.NameOf(reviewer) }
                : row);
        return TypedResults.Ok(new Page<PeerReset>(rows, null));
    }
}
