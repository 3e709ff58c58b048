using System.Reflection;
using System.Text;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Lectern.Gateway;

/// <summary>An address of the API, as an expression over paths, and which service answers it.</summary>
internal sealed record ServiceRoute(string Service, string Expression, bool KeptAtEdge);

/// <summary>Which service answers which address, asked of the endpoints, so that a gateway cannot disagree with the code.</summary>
internal static class ServiceRoutes
{
    /// <summary>Streams that tell of changes are held open by nodes of their own, whichever service they belong to.</summary>
    public const string Realtime = "realtime";

    /// <summary>What belongs to no service: files, jobs, audit, tokens.</summary>
    public const string Platform = "platform";

    // An institution named by path stands before the route.
    internal const string AnyTenant = "^(?:/t/[^/]+)?";

    private const string AnyWord = "[^/]+";

    /// <summary>All addresses. A fixed word stands before one that may be any, because an edge takes the first that fits.</summary>
    public static async Task<IReadOnlyList<ServiceRoute>> Of(Product product)
    {
        var options = new PlatformOptions { Secret = new string('-', 32), Postgres = "Host=127.0.0.1;Database=none" };
        await using var app = product.Build(options, new ServePart(true, false));
        var services = product.Services.ToDictionary(service => service.GetType().Assembly, service => service.Name);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => IsApi(endpoint.RoutePattern))
            .Select(endpoint => Of(endpoint, services))
            .Distinct()
            .OrderBy(route => route.Expression.Replace(AnyWord, "~", StringComparison.Ordinal), StringComparer.Ordinal)
            .ToList();
        // An address is one service's: were it shared by method, no edge could tell them apart by path.
        if (routes.GroupBy(route => route.Expression).FirstOrDefault(same => same.Select(route => route.Service).Distinct().Count() > 1)
            is { } shared)
            throw new InvalidOperationException($"{shared.Key} belongs to {string.Join(" and ", shared.Select(route => route.Service))}.");
        return [.. routes.DistinctBy(route => route.Expression)];
    }

    private static ServiceRoute Of(RouteEndpoint endpoint, Dictionary<Assembly, string> services)
    {
        var owner = endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly;
        var service = endpoint.Metadata.GetMetadata<LiveAnswer>() is not null
            ? Realtime
            : owner is not null && services.TryGetValue(owner, out var name) ? name : Platform;
        return new ServiceRoute(service, ExpressionOf(endpoint.RoutePattern), endpoint.Metadata.GetMetadata<EdgeAnswer>() is not null);
    }

    // The catch-all that answers 404 to whatever is under /api is no service's.
    private static bool IsApi(RoutePattern pattern) =>
        pattern.RawText is { } text && text.TrimStart('/').StartsWith("api/", StringComparison.Ordinal)
        && pattern.Parameters.All(parameter => !parameter.IsCatchAll);

    private static string ExpressionOf(RoutePattern pattern)
    {
        var text = new StringBuilder(AnyTenant);
        foreach (var segment in pattern.PathSegments)
        {
            text.Append('/');
            foreach (var part in segment.Parts) text.Append(part is RoutePatternLiteralPart literal ? Escape(literal.Content) : AnyWord);
        }

        return text.Append("/?$").ToString();
    }

    private static string Escape(string literal) => literal.Replace(".", "\\.", StringComparison.Ordinal);
}
