using Microsoft.AspNetCore.Builder;

namespace Lectern.Platform.Features;

/// <summary>
/// A part of the product that an operator may switch off while the rest goes on. Its service declares it with
/// <c>services.AddSingleton(…)</c>; routes and jobs that end with it name it.
/// </summary>
/// <param name="Name">A stable word for the command line and the API.</param>
/// <param name="Called">What people call it, to begin a sentence with: "The calendar".</param>
public sealed record Feature(string Name, string Called);

public static class FeatureExtensions
{
    /// <summary>Answers 503 <c>feature_off</c> while the feature is switched off.</summary>
    public static TBuilder PartOf<TBuilder>(this TBuilder route, Feature feature) where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(feature);
}
