using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.RegradeRequests;

/// <summary>Takes one's own request back before it is answered.</summary>
internal static class WithdrawRegradeRequest
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/regrade-requests/{regradeRequestId}", Handle)
        .RequirePermission(GradingPermission.AskForRegrade);

    internal static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        RegradeRequestId regradeRequestId, int? version, HttpContext context, Actor actor, RegradeStore requests, CancellationToken ct)
    {
        if (await requests.Find(regradeRequestId, ct) is not { } asked || asked.UserId != actor.Person) return TypedResults.NotFound();
        if (Etag.Seen(context, version) is not { } seen) return UpdateAssignment.VersionRequired.ToProblem();
        if (!await requests.End(regradeRequestId, RegradeState.Withdrawn, seen, ct))
            return Problems.Conflict("This request was answered meanwhile.", await requests.Find(regradeRequestId, ct), new { version });
        return TypedResults.NoContent();
    }
}
