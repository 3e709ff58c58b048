using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Lectern.Platform.Http;

/// <summary>What one connection and one request may cost before anybody knows whose they are.</summary>
internal static class RequestLimits
{
    /// <summary>Longest body of words and numbers: a course's dates and a whole section's enrolments are far below.</summary>
    public const long PlainBodyBytes = 4L << 20;

    public static void Set(KestrelServerLimits limits, PlatformOptions options)
    {
        // Files; a route that takes more streams them and counts for itself.
        limits.MaxRequestBodySize = 300L << 20;
        limits.MaxConcurrentConnections = options.MostConnections;
        limits.MaxConcurrentUpgradedConnections = options.MostConnections;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 32 << 10;
        limits.MaxRequestHeaderCount = 64;
        // Who sends a header byte by byte, or a body slower than an old modem, is holding us and not sending.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>Only forms and parts of files are long.</summary>
    public static async Task ShortenPlainBodies(HttpContext context, RequestDelegate next)
    {
        if (!MayBeLong(context))
        {
            if (context.Request.ContentLength > PlainBodyBytes)
            {
                await TooLarge().ExecuteAsync(context);
                return;
            }

            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = PlainBodyBytes;
        }

        await next(context);
        // One that does not say its length is cut off when it gets there, by the framework and without a word.
        if (context.Response is { StatusCode: StatusCodes.Status413PayloadTooLarge, HasStarted: false, ContentType: null })
            await TooLarge().ExecuteAsync(context);
    }

    private static IResult TooLarge() => Problems.Of(413, "too_large", "This is more than can be taken at once.");

    private static bool MayBeLong(HttpContext context) =>
        context.Request.HasFormContentType || context.GetEndpoint()?.Metadata.GetMetadata<Storage.LargeBody>() is not null;
}
