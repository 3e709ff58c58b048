using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Grading.Outcomes;

/// <summary>Shows the person who asks where they stand on every outcome, across all their courses.</summary>
internal static class GetMyMastery
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/mastery/mine", Handle)
        .RequirePermission(PlatformPermission.SignedIn);

    internal static async Task<Ok<LearnerMastery>> Handle(Actor actor, MasteryViews views, CancellationToken ct) =>
        TypedResults.Ok(await views.Everywhere(actor.Person, own: true, ct));
}
