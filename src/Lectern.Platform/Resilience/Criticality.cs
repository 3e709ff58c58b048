using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Lectern.Platform.Resilience;

/// <summary>
/// Who goes without when there is too much, first to last. Work that would be lost for the person comes last; what can be asked for
/// again in a minute comes first.
/// </summary>
internal enum Criticality
{
    /// <summary>Lists, reports, audit, exports.</summary>
    Medium = 0,

    /// <summary>What people read to do their work. Routes that say nothing.</summary>
    High = 1,

    /// <summary>Handing in, drafts, uploads, recording grades, signing in.</summary>
    Critical = 2,
}

internal sealed record RouteCriticality(Criticality Criticality)
{
    public static Criticality Of(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<RouteCriticality>()?.Criticality ?? Criticality.High;
}

public static class CriticalityExtensions
{
    /// <summary>Refused last when there is too much: without it somebody's work would be lost.</summary>
    public static TBuilder Critical<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteCriticality(Criticality.Critical));

    /// <summary>Refused first when there is too much: it can be asked for again in a minute.</summary>
    public static TBuilder CanWait<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RouteCriticality(Criticality.Medium));
}
