using Lectern.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>
/// The cookie that carries a browser's session. Its path is always the root: a <c>__Host-</c> cookie with any other is refused by
/// browsers, and institutions that share a host by path are told apart by the cookie's name.
/// </summary>
public static class SessionCookie
{
    /// <summary>Hands the secret to the browser until it closes; the session itself ends after long disuse.</summary>
    public static void Give(HttpContext context, string secret) =>
        context.Response.Cookies.Append(NameFor(context), secret, OptionsFor(context));

    /// <summary>Takes the cookie back.</summary>
    public static void Take(HttpContext context) => context.Response.Cookies.Delete(NameFor(context), OptionsFor(context));

    /// <summary>What the page must repeat to change anything; null when the caller did not come with a cookie.</summary>
    public static string? CsrfToken(HttpContext context) =>
        context.Items[Credentials.SecretItem] is string secret ? Secret.CsrfToken(secret) : null;

    private static string NameFor(HttpContext context) => Credentials.CookieName(context.Request, Credentials.SlugInPath(context.Request));

    private static CookieOptions OptionsFor(HttpContext context) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", IsEssential = true };
}
