using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Changes a group of outcomes, or where it stands.</summary>
internal static class ReplaceOutcomeGroup
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/outcome-groups/{outcomeGroupId}", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Ok<OutcomeGroup>, NotFound, ProblemHttpResult>> Handle(
        OutcomeGroupId outcomeGroupId, OutcomeGroupFields request, HttpContext context, OutcomeGroupDesk desk, CancellationToken ct) =>
        desk.Replace(outcomeGroupId, request, Etag.Seen(context, request.Version), ct);
}
