using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerResets;

/// <summary>Shows how many reviews would be taken away, of everybody or of one reviewer; nothing is changed.</summary>
internal static class PreviewPeerReset
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-resets/preview", Handle)
        .RequirePermission(GradingPermission.ManagePeerReviews);

    internal static async Task<Results<Ok<ResetCounts>, NotFound>> Handle(
        AssignmentId assignmentId, UserId? reviewer, PeerResetStore resets, AnonymityStore anonymity, CancellationToken ct)
    {
        var meant = reviewer is { } sent ? await anonymity.Learner(assignmentId, sent, ct) : null;
        if (reviewer is not null && meant is null) return TypedResults.NotFound();
        return TypedResults.Ok(await resets.Count(assignmentId, meant, ct));
    }
}
