using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Features;

/// <summary>Answers for features that an operator has switched off.</summary>
internal sealed class FeatureMiddleware(RequestDelegate next, FeatureSwitches switches)
{
    public Task Invoke(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Feature>() is not { } feature) return next(context);
        var tenant = context.RequestServices.GetRequiredService<TenantContext>();
        if (switches.Find(feature, tenant.IsSet ? tenant.Tenant.Id : null) is not { } off) return next(context);
        context.Response.Headers.RetryAfter = "60";
        return Problems.Of(503, "feature_off", $"{feature.Called} is switched off for now: {off.Because}", null,
            ("feature", feature.Name), ("because", off.Because), ("since", off.Since)).ExecuteAsync(context);
    }
}
