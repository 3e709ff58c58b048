using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Features;

/// <summary>What the banner over every page says.</summary>
internal static class FeatureRoutes
{
    internal sealed record Shown(string Feature, string Called, string Because, DateTimeOffset Since);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/features/off", Off).AllowAnonymous("Who cannot sign in must learn it too").KeptAtEdge(seconds: 5);

    /// <summary>Lists what is switched off at this institution for now, and why.</summary>
    private static Ok<List<Shown>> Off(FeatureSwitches switches, TenantContext tenant) => TypedResults.Ok(
        switches.Known.Select(feature => (Feature: feature, Off: switches.Find(feature, tenant.Tenant.Id)))
            .Where(one => one.Off is not null)
            .Select(one => new Shown(one.Feature.Name, one.Feature.Called, one.Off!.Because, one.Off.Since)).ToList());
}
