using System.Diagnostics.Metrics;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Platform.Observability;

/// <summary>
/// Adds the plan of the institution to what the framework measures of a request, and counts which requests of the API kept what is
/// promised. Never the institution itself, unless it is on the list: ten thousand of them would be ten thousand times the series.
/// </summary>
internal sealed class RequestMeasures(RequestDelegate next, PlatformOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Promised = TimeSpan.FromMilliseconds(500);
    private static readonly Meter Meter = new(Meters.Name);
    private static readonly Counter<long> Promises = Meter.CreateCounter<long>(
        "lectern_slo_requests", description: "Requests of the API that people wait for: good (under 500 ms), slow, failed (5xx)");

    public async Task Invoke(HttpContext context)
    {
        var began = clock.GetTimestamp();
        await next(context);
        var tenant = context.RequestServices.GetRequiredService<TenantContext>();
        if (tenant.IsSet && context.Features.Get<IHttpMetricsTagsFeature>() is { } measured)
        {
            measured.Tags.Add(new("plan", tenant.Tenant.Plan));
            if (options.MeasuredTenants.Contains(tenant.Tenant.Slug)) measured.Tags.Add(new("tenant", tenant.Tenant.Slug));
        }

        if (IsPromised(context)) Promises.Add(
            1, new KeyValuePair<string, object?>("outcome", Outcome(context.Response.StatusCode, clock.GetElapsedTime(began))));
    }

    private static string Outcome(int status, TimeSpan took) => status >= 500 ? "failed" : took < Promised ? "good" : "slow";

    // A stream lasts as long as somebody listens or the file is long, and who has gone away waits for nothing.
    private static bool IsPromised(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested) return false;
        // Whoever failed is asked for again below, without the endpoint.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<RouteAccess>() is not null && TenantNames.IsApi(context.Request.Path)
            && endpoint.Metadata.GetMetadata<StreamedAnswer>() is null && RouteCriticality.Of(endpoint) > Criticality.Medium;
    }
}
