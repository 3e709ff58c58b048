using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>Refuses changes that come with our cookie but without the token our own page holds: another site's page sent them.</summary>
internal static class Csrf
{
    private static readonly string[] Harmless = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];

    public static IResult? Refuses(HttpContext context, Actor actor)
    {
        if (actor.Kind is not ActorKind.Person || Harmless.Contains(context.Request.Method)) return null;
        if (context.Items[Credentials.SecretItem] is not string secret) return null;
        var shown = Encoding.UTF8.GetBytes(context.Request.Headers["X-CSRF-Token"].ToString());
        return CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(Secret.CsrfToken(secret)))
            ? null
            : Problems.Of(403, "csrf_token_missing", "This change did not come from our own page. Reload and try again.");
    }
}
