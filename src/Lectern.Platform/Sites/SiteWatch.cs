using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Sites;

/// <summary>Looks every second whether this process's site still is the one that works.</summary>
internal sealed class SiteWatch(SiteStanding standing, ILogger<SiteWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var before = standing.Refusal;
            await standing.Look(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (standing.Refusal is { } why && before is null) log.LogCritical("This process stands back: {Why}", why);
            if (standing.Refusal is null && before is not null) log.LogInformation("This site works again.");
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
