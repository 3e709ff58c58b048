using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Access;

/// <summary>Exchanges a session or an API token for a signed token that lives fifteen minutes.</summary>
internal static class AccessTokenRoutes
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    internal sealed record Issued(string AccessToken, string TokenType, int ExpiresInSeconds);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/access-tokens", Handle).RequirePermission(PlatformPermission.SignedIn).Critical().ShownOnce();

    private static Results<Ok<Issued>, ProblemHttpResult> Handle(Actor actor, ServiceTokens tokens) =>
        actor is { UserId: { } user, SessionId: { } session }
            ? TypedResults.Ok(new Issued(tokens.IssueForPerson(actor.Tenant, user, session, Life), "Bearer", (int)Life.TotalSeconds))
            : Problems.Forbidden("Only a person's session can be exchanged.");
}
