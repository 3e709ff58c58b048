using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>What the caller showed: a secret (API token or session cookie), or a signed token of a service or a person.</summary>
internal sealed record Credentials
{
    public const string SecretItem = "lectern.secret";

    public string? Secret { get; private init; }

    public Guid? Session { get; private init; }

    public string? Service { get; private init; }

    /// <summary>The institution the credentials say they belong to.</summary>
    public TenantId? Tenant { get; private init; }

    public bool FromCookie { get; private init; }

    /// <summary>A bearer token was shown that we never gave out.</summary>
    public bool Invalid { get; private init; }

    public static async Task<Credentials> Of(HttpContext context, ServiceTokens tokens)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            var token = header["Bearer ".Length..].Trim();
            if (Access.Secret.TenantOf(token) is { } tenant) return new Credentials { Secret = token, Tenant = tenant };
            return await tokens.Read(token) is { } shown
                ? new Credentials { Service = shown.Service, Session = shown.Session, Tenant = shown.Tenant }
                : new Credentials { Invalid = true };
        }

        var cookie = context.Request.Cookies[CookieName(context.Request, SlugInPath(context.Request))];
        return string.IsNullOrEmpty(cookie)
            ? new Credentials()
            : new Credentials { Secret = cookie, Tenant = Access.Secret.TenantOf(cookie), FromCookie = true };
    }

    /// <summary>Whether the caller shows anything at all, good or not.</summary>
    public static bool Shown(HttpContext context) => context.Request.Headers.Authorization.Count > 0
        || context.Request.Cookies.ContainsKey(CookieName(context.Request, SlugInPath(context.Request)));

    /// <summary>
    /// The session cookie's name. On HTTPS the browser itself guards the <c>__Host-</c> prefix; institutions that share a host by
    /// path each have a cookie of their own.
    /// </summary>
    public static string CookieName(HttpRequest request, string? slug)
    {
        var prefix = request.IsHttps ? "__Host-lectern" : "lectern";
        return slug is null ? prefix : $"{prefix}-{slug}";
    }

    /// <summary>The slug when the institution was named by path, before or after it was taken off.</summary>
    public static string? SlugInPath(HttpRequest request)
    {
        var path = request.PathBase.Value + request.Path.Value;
        if (!path.StartsWith("/t/", StringComparison.Ordinal)) return null;
        var end = path.IndexOf('/', 3);
        return end < 0 ? path[3..] : path[3..end];
    }
}
