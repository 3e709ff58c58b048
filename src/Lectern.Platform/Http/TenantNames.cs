using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>Reads the institution's name out of an address.</summary>
internal static class TenantNames
{
    private const string SlugItem = "lectern.slug";

    /// <summary>The label before one of our domains, or the whole host when it is a domain of the institution's own.</summary>
    public static string? FromHost(string host, IEnumerable<string> domains)
    {
        foreach (var domain in domains)
        {
            if (string.Equals(host, domain, StringComparison.OrdinalIgnoreCase)) return null;
            if (host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
            {
                var label = host[..^(domain.Length + 1)];
                return label is "www" ? null : label;
            }
        }

        // An address in numbers names a machine, not an institution.
        return System.Net.IPAddress.TryParse(host, out _) || host.Length == 0 ? null : host;
    }

    /// <summary>Takes <c>/t/{slug}</c> off the path, so that routes are the same however the institution was named.</summary>
    public static Task TakeFromPath(HttpContext context, RequestDelegate next)
    {
        if (Take(context.Request) is { } slug) context.Items[SlugItem] = slug;
        return next(context);
    }

    /// <summary>The slug that was taken off the path.</summary>
    public static string? TakenFromPath(HttpContext context) => context.Items[SlugItem] as string;

    private static string? Take(HttpRequest request)
    {
        var path = request.Path.Value ?? string.Empty;
        if (!path.StartsWith("/t/", StringComparison.Ordinal)) return null;
        var end = path.IndexOf('/', 3);
        var slug = end < 0 ? path[3..] : path[3..end];
        if (slug.Length == 0) return null;
        request.PathBase = request.PathBase.Add($"/t/{slug}");
        request.Path = end < 0 ? "/" : path[end..];
        return slug;
    }

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.Ordinal);
}
