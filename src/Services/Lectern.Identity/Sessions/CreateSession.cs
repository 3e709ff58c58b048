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

/// <summary>Signs a person in by e-mail address or login name and password.</summary>
internal static class CreateSession
{
    /// <summary>The e-mail address or the login name, and the password.</summary>
    internal sealed record Request(string? Email, string? Password);

    internal sealed record Response(Me User, string CsrfToken, InstitutionShown Institution);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sessions", Handle).AllowAnonymous("Signing in is how one becomes known").Critical().ShownOnce();

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, SignIn signIn, UserStore users, Avatars avatars, InstitutionCard institution, HttpContext context,
        CancellationToken ct)
    {
        var (judged, refused) = await signIn.Judge(request.Email, request.Password, context, ct);
        if (judged is not { } person) return refused!;

        var secret = await signIn.Begin(person, request.Email!, context, ct);
        var card = await institution.Read(ct);
        var user = (await users.Find(person, ct))!;
        var me = Me.Of(user, await avatars.UrlOf(user, ct), card);
        return TypedResults.Created("/api/v1/sessions/current", new Response(me, Secret.CsrfToken(secret), card));
    }
}
