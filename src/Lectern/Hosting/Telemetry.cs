using Lectern.Platform;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lectern.Hosting;

/// <summary>Sends traces and metrics by OTLP when an address is configured; otherwise costs nothing.</summary>
internal static class Telemetry
{
    public static void Add(IServiceCollection services, PlatformOptions options)
    {
        if (options.OtlpEndpoint is not { Length: > 0 } endpoint) return;
        var resource = ResourceBuilder.CreateDefault().AddService("lectern");
        services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Npgsql", "Lectern").AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint)).Build());
        services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Npgsql", "Lectern").AddOtlpExporter(
                otlp => otlp.Endpoint = new Uri(endpoint)).Build());
        services.AddHostedService<Keeper>();
    }

    /// <summary>Holds the providers for as long as the program runs; disposing them sends what is left.</summary>
    private sealed class Keeper(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush();
            metrics.ForceFlush();
            return Task.CompletedTask;
        }
    }
}
