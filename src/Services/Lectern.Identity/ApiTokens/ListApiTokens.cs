using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.ApiTokens;

/// <summary>Lists a person's API tokens, most recently used first, without their secrets.</summary>
internal static class ListApiTokens
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api-tokens", Handle).RequirePermission(PlatformPermission.SignedIn).CanWait().OnlyForPeople();

    internal static async Task<Ok<Page<TokenShown>>> Handle(Actor actor, PlatformSessions sessions, CancellationToken ct)
    {
        var rows = await sessions.List(actor.Person, SessionKind.Token, ct);
        return TypedResults.Ok(new Page<TokenShown>(rows.ConvertAll(TokenShown.Of), null));
    }
}
