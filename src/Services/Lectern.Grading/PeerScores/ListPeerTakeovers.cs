using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.PeerScores;

/// <summary>Lists when scores of peers were taken over as grades, and what was taken back.</summary>
internal static class ListPeerTakeovers
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/assignments/{assignmentId}/peer-takeovers", Handle)
        .RequirePermission(GradingPermission.ReadGrades);

    internal static async Task<Ok<Page<PeerTakeover>>> Handle(AssignmentId assignmentId, PeerScoreStore scores, CancellationToken ct) =>
        TypedResults.Ok(new Page<PeerTakeover>(await scores.List(assignmentId, ct), null));
}
