using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>Headers that narrow what a browser will do with our pages.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, PlatformOptions options)
{
    private readonly string policy =
        $"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{FilesOf(options)}; "
        + $"font-src 'self'; connect-src 'self'{FilesOf(options)}; media-src 'self' blob:{FilesOf(options)}; object-src 'none'; "
        + "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(context);
    }

    /// <summary>Files that are elsewhere are sent to and read from there.</summary>
    private static string FilesOf(PlatformOptions options) => options.S3 is not { } s3
        ? string.Empty
        : " " + s3.Browsers().GetLeftPart(UriPartial.Authority);
}
