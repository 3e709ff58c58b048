using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.ApiTokens;

/// <summary>Makes a token for a script, with some or all of one's own rights. Its secret is in this answer and nowhere else.</summary>
internal static class CreateApiToken
{
    /// <summary>Rights are permission names, or <c>*</c>. Without an end the token lives ninety days.</summary>
    internal sealed record Request(string? Name, IReadOnlyList<string>? Rights, DateTimeOffset? ExpiresAt);

    internal sealed record Response(
        Guid ApiTokenId, string Name, IReadOnlyList<string> Rights, DateTimeOffset ExpiresAt, string Token);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api-tokens", Handle).RequirePermission(PlatformPermission.SignedIn).OnlyForPeople().ShownOnce();

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Actor actor, PlatformSessions sessions, TenantDb db, CancellationToken ct)
    {
        var name = Spelling.Clean(request.Name) ?? string.Empty;
        var rights = (request.Rights ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var expiresAt = request.ExpiresAt ?? db.Now.AddDays(90);
        if (TokenRights.Refuses(name, rights, expiresAt - db.Now, actor) is { } refusal) return refusal.ToProblem();

        var (id, secret) = await sessions.Begin(new(actor.Person, SessionKind.Token, expiresAt, name, rights, actor.Address), ct);
        db.Audit(IdentityAudit.TokenMade, IdentityAudit.Subject(actor.Person), new { api_token_id = id, name, rights });
        return TypedResults.Created($"/api/v1/api-tokens/{id}", new Response(id, name, rights, expiresAt, secret));
    }
}
