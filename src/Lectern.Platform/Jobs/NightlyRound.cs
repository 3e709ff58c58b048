using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lectern.Platform.Jobs;

/// <summary>What is asked for once a night in every institution.</summary>
internal sealed record NightlyJob(Action<TenantDb> Enqueue);

/// <summary>
/// Asks in every institution for the night's jobs: each in one of the first six hours of the day (UTC), which its number decides, so that a
/// large installation does not do everything at once. A night that is missed, because nobody was up in that hour, is made up for the next.
/// </summary>
internal sealed class NightlyRound(
    TenantDirectory directory, TenantScopes scopes, IEnumerable<NightlyJob> jobs, TimeProvider clock, ILogger<NightlyRound> log)
    : IScheduledTask
{
    private const int Hours = 6;
    private static readonly JobOptions Options = new() { Priority = JobPriority.Bulk, MaxAttempts = 3 };

    public string Name => "nightly";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task Run(ShardDatabase database, CancellationToken ct)
    {
        var hour = clock.GetUtcNow().Hour;
        foreach (var tenant in (await directory.In(database, ct)).Where(known => known.Serves && known.Id.Value % Hours == hour))
        {
            try
            {
                await scopes.Do(tenant.Id, Ask, ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Suspended or moved a moment ago; the others are asked all the same.
                log.LogWarning(failure, "The night's jobs of institution {Tenant} could not be asked for.", tenant.Id.Value);
            }
        }
    }

    private Task<int> Ask(IServiceProvider services)
    {
        var db = services.GetRequiredService<TenantDb>();
        foreach (var job in jobs) job.Enqueue(db);
        return Task.FromResult(0);
    }

    public static NightlyJob Of<TJob>() where TJob : IJob, new() => new(db => db.Enqueue(new TJob(), Options));
}
