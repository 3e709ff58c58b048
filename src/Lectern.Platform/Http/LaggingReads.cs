using System.Collections.Concurrent;
using System.Globalization;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Http;

/// <summary>
/// Reads that may lag, and yet never behind their own person's writes: the answer to a write names the position of the log it reached, in
/// a cookie for browsers and a header for scripts, and this process remembers it too. A standby answers who has passed that position.
/// </summary>
internal sealed class LaggingReads(TimeProvider clock)
{
    public const string Header = "Lectern-Position";
    private const int Kept = 20_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(int Database, TenantId Tenant, long? User), (long Position, long At)> written = new();

    /// <summary>The position this request must see.</summary>
    public long PositionOf(HttpContext context, Tenant tenant, UserId? user)
    {
        var database = tenant.Cell.DatabaseId;
        var position = Math.Max(
            Read(context.Request.Cookies[CookieName(database)], database), Read(context.Request.Headers[Header].ToString(), database));
        return written.TryGetValue((database, tenant.Id, user?.Value), out var known) && clock.GetElapsedTime(known.At) < Remembered
            ? Math.Max(position, known.Position)
            : position;
    }

    /// <summary>Tells whoever wrote how far they must see from now on.</summary>
    public void Give(HttpContext context, Tenant tenant, UserId? user, long position)
    {
        var database = tenant.Cell.DatabaseId;
        if (written.Count > Kept) written.Clear();
        written[(database, tenant.Id, user?.Value)] = (position, clock.GetTimestamp());
        var text = string.Create(CultureInfo.InvariantCulture, $"{database}-{position}");
        context.Response.Headers[Header] = text;
        context.Response.Cookies.Append(
            CookieName(database), text, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/", MaxAge = Remembered,
            });
    }

    public static bool Asks(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);

    public static MayLag? Of(HttpContext context) => Asks(context) ? context.GetEndpoint()?.Metadata.GetMetadata<MayLag>() : null;

    // Positions of two databases cannot be compared, so each has its own.
    private static string CookieName(int database) => string.Create(CultureInfo.InvariantCulture, $"lectern_position_{database}");

    private static long Read(string? text, int database)
    {
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        return dash > 0 && int.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var of) && of == database
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
    }
}

/// <summary>A standby may answer this route: one for this purpose, or with none named any, and only while there is no primary.</summary>
internal sealed record MayLag(ReadPurpose? Purpose);

public static class LaggingReadsExtensions
{
    /// <summary>This answer may be some seconds old, except in what its reader has written; a standby may give it.</summary>
    public static TBuilder ReadsMayLag<TBuilder>(this TBuilder route, ReadPurpose purpose = ReadPurpose.App)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new MayLag(purpose));

    /// <summary>This answer is fresh while there is a primary; while there is none, a standby's is better than nothing.</summary>
    public static TBuilder ReadsInNeed<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new MayLag(null));
}
