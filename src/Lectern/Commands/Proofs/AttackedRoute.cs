using System.Reflection;
using Lectern.Platform.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Lectern.Commands.Proofs;

/// <summary>One route of the running product, and how to call it with numbers of one's choice.</summary>
internal sealed record AttackedRoute(HttpMethod Method, RouteEndpoint Endpoint)
{
    public bool Reads => Method == HttpMethod.Get || Method == HttpMethod.Head;

    /// <summary>Open to everybody by intent: the sign-in page's own questions, signed links.</summary>
    public bool Open => Endpoint.Metadata.GetMetadata<RouteAccess>() is { Permission: null };

    public bool HasNumbers => Endpoint.RoutePattern.Parameters.Count > 0;

    /// <summary>May end the sessions or the rights of those who attack, and so comes last.</summary>
    public bool Disturbs => Method == HttpMethod.Delete || Endpoint.RoutePattern.RawText!.Contains("/users", StringComparison.Ordinal)
        || Endpoint.RoutePattern.RawText.Contains("profile", StringComparison.Ordinal);

    /// <summary>Every route of the API, from the program itself.</summary>
    public static List<AttackedRoute> AllOf(IServiceProvider services) =>
    [
        .. from endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.RoutePattern.RawText!.StartsWith("/api/v1/", StringComparison.Ordinal)
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           select new AttackedRoute(new HttpMethod(method), endpoint),
    ];

    public string Fill(ForeignIds numbers) => Fill(parameter => Limited(parameter) ?? numbers.For(parameter.Name, IsGuid(parameter)));

    /// <summary>The same number everywhere: the lowest, which every institution has.</summary>
    public string FillSame(string number) =>
        Fill(parameter => Limited(parameter) ?? (IsGuid(parameter) ? Guid.AllBitsSet.ToString() : number));

    public string? Json(ForeignIds numbers) => Reads ? null : ForeignBody.For(Endpoint, numbers.NumberFor);

    private string Fill(Func<RoutePatternParameterPart, string> value) =>
        "/" + string.Join('/', Endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => value(parameter),
            _ => string.Empty,
        }))));

    private bool IsGuid(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Any(policy => policy.Content == "guid")
        || Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters()
            .Any(taken => taken.Name == parameter.Name && taken.ParameterType == typeof(Guid)) == true;

    /// <summary>A part number or a position is not the name of anything.</summary>
    private static string? Limited(RoutePatternParameterPart parameter) =>
        parameter.ParameterPolicies.Any(policy => policy.Content == "int") ? "1" : null;
}
