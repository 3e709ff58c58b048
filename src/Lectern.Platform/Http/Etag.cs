using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Lectern.Platform.Http;

/// <summary>Versions as entity tags: what a person read, and whether it is still so when they write.</summary>
public static class Etag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Marks the answer with its version and tells whether the caller has that one already (then answer 304).</summary>
    public static bool IsCurrent(HttpContext context, string etag)
    {
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch.Any(value => value is not null && value.Split(',').Any(tag => tag.Trim() == etag));
    }

    /// <summary>The version the caller says it saw: the body's, or else <c>If-Match</c>.</summary>
    public static int? Seen(HttpContext context, int? inBody)
    {
        if (inBody is not null) return inBody;
        var header = context.Request.Headers[HeaderNames.IfMatch].ToString().Trim('"', ' ');
        return int.TryParse(header, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
