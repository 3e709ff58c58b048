using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Makes a new version of an outcome; courses that are not concluded follow it, and where scores move the cause is kept.</summary>
internal static class ReplaceOutcome
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/outcomes/{outcomeId}", Handle)
        .RequirePermission(GradingPermission.ManageOutcomes);

    internal static Task<Results<Ok<Outcome>, NotFound, ProblemHttpResult>> Handle(
        OutcomeId outcomeId, OutcomeFields request, HttpContext context, OutcomeDesk desk, CancellationToken ct) =>
        desk.Replace(outcomeId, request, Etag.Seen(context, request.Version), ct);
}
