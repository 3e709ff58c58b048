using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.ApiTokens;

/// <summary>Revokes one of a person's own API tokens; from then on it opens nothing.</summary>
internal static class RevokeApiToken
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api-tokens/{apiTokenId:guid}", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople();

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid apiTokenId, Actor actor, PlatformSessions sessions, TenantDb db, CancellationToken ct)
    {
        if (!await sessions.End(actor.Person, apiTokenId, ct)) return Problems.NotFound();
        db.Audit(IdentityAudit.TokenRevoked, IdentityAudit.Subject(actor.Person), new { api_token_id = apiTokenId });
        return TypedResults.NoContent();
    }
}
