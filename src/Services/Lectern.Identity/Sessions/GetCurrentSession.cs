using Lectern.Identity.Institution;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Identity.Sessions;

/// <summary>Tells who is signed in, where, and what they may do at the institution.</summary>
internal static class GetCurrentSession
{
    internal sealed record Response(
        Me User, InstitutionShown Institution, string? CsrfToken, IReadOnlyList<RoleShown> Roles, IReadOnlyList<string> Permissions);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sessions/current", Handle).RequirePermission(PlatformPermission.SignedIn).ReadsInNeed().Critical();

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Actor actor, UserStore users, Avatars avatars, InstitutionCard institution, HttpContext context, CancellationToken ct)
    {
        var user = actor.UserId is { } id ? await users.Find(id, ct) : null;
        if (user is null) return Problems.Of(401, "sign_in_required", "Sign in to continue.");
        var card = await institution.Read(ct);
        var me = Me.Of(user, await avatars.UrlOf(user, ct), card);
        context.Response.Headers.CacheControl = "no-store";
        var roles = actor.Roles.Select(held => new RoleShown(held.Role, held.Scope.Key));
        return TypedResults.Ok(new Response(me, card, SessionCookie.CsrfToken(context), [.. roles], Rights(actor)));
    }

    private static string[] Rights(Actor actor) => [.. PermissionCatalogue.All
        .Where(permission => permission != PlatformPermission.SignedIn && actor.Holds(permission, Scope.Institution))
        .Select(permission => permission.Name).Order(StringComparer.Ordinal)];
}
