using Lectern.Contracts.Grading;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows an outcome in every version it had, with who changed it when and why.</summary>
internal static class GetOutcome
{
    internal sealed record Response(Outcome Outcome, IReadOnlyList<Outcome> Versions, long CourseCount);

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/outcomes/{outcomeId}", Handle)
        .RequirePermission(GradingPermission.ReadOutcomes);

    internal static async Task<Results<Ok<Response>, NotFound>> Handle(
        OutcomeId outcomeId, OutcomeStore outcomes, CourseOutcomeStore inCourses, CancellationToken ct)
    {
        var versions = await outcomes.Versions(outcomeId, ct);
        return versions.Count == 0
            ? TypedResults.NotFound()
            : TypedResults.Ok(new Response(versions[0], versions, await inCourses.Courses(outcomeId, ct)));
    }
}
