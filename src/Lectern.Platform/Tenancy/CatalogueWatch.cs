using Lectern.Platform.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lectern.Platform.Tenancy;

/// <summary>Keeps what a serving process knows of the catalogue fresh, so that no request waits for it.</summary>
internal sealed class CatalogueWatch(TenantDirectory directory, FeatureSwitches switches, ILogger<CatalogueWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private bool away;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first request: reading ten thousand rows would show in it.
        await Ask(cancellationToken);
        directory.IsWatched = true;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Ask(stoppingToken);
        }
    }

    private async Task Ask(CancellationToken ct)
    {
        try
        {
            await directory.Refresh(ct);
            await switches.Refresh(ct);
            if (away) log.LogInformation("The catalogue of institutions answers again.");
            away = false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException)
        {
            if (!away) log.LogWarning(failure, "The catalogue of institutions is away; what is known of it can be read.");
            away = true;
        }
    }
}
