using System.Collections.Concurrent;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Platform.Access;

/// <summary>
/// When browsers' sessions were last used: remembered here and written behind, for all of an institution in one statement every few
/// seconds. What a killed node has not written is lost without harm: the session's end then counts from the use before.
/// </summary>
internal sealed class SeenSessions(
    TenantScopes scopes, TimeProvider clock, IOptions<PlatformOptions> options, ILogger<SeenSessions> log) : BackgroundService
{
    private static readonly TimeSpan Worth = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Sessions stay here after they have been written until the next use that is worth a write: a shared copy may still be older.
    private readonly ConcurrentDictionary<(TenantId Tenant, Guid Session), DateTimeOffset> seen = new();
    private ConcurrentDictionary<(TenantId Tenant, Guid Session), DateTimeOffset> waiting = new();

    /// <summary>A session was used. Worth a write only every five minutes.</summary>
    public void Use(Tenant tenant, Sessions.Live session)
    {
        var now = clock.GetUtcNow();
        if (session.Kind is not SessionKind.Browser || now - session.LastSeenAt <= Worth || !tenant.Serves) return;
        var key = (tenant.Id, session.SessionId);
        if (seen.TryGetValue(key, out var before) && now - before <= Worth) return;
        seen[key] = now;
        waiting[key] = now;
    }

    /// <summary>Writes what waits.</summary>
    public async Task Flush(CancellationToken ct)
    {
        if (waiting.IsEmpty) return;
        var taken = Interlocked.Exchange(ref waiting, new());
        foreach (var tenant in taken.GroupBy(entry => entry.Key.Tenant))
        {
            try
            {
                Guid[] sessions = [.. tenant.Select(entry => entry.Key.Session)];
                DateTimeOffset[] at = [.. tenant.Select(entry => entry.Value)];
                await scopes.Do(
                    tenant.Key, services => services.GetRequiredService<Sessions>().Seen(sessions, at, options.Value.SessionHours, ct), ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Whatever it is: what is lost is a few seconds of one column, and the node has better to do than to stop.
                log.LogWarning(failure, "The last use of sessions of institution {Tenant} could not be written.", tenant.Key);
            }
        }

        var old = clock.GetUtcNow() - (Worth * 2);
        foreach (var entry in seen.Where(entry => entry.Value < old)) seen.TryRemove(entry);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(Task.Delay(Every, stoppingToken));
            await Flush(CancellationToken.None);
        }
    }
}
