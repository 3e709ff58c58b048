namespace Lectern.Platform.Sites;

/// <summary>
/// Asks the databases of the working site every few seconds. The site counts as lost when none of them has answered several times in a
/// row: one that fails alone is for that site's own failover.
/// </summary>
internal sealed class PrimaryWatch(SitePair sites, FailoverWords words, TimeProvider clock, Action<string> say)
{
    private readonly Dictionary<string, Sighting> seen = new(StringComparer.Ordinal);
    private DateTimeOffset? gone;
    private string said = string.Empty;

    /// <summary>When the site first did not answer.</summary>
    public DateTimeOffset? Gone => gone;

    public Sighting? Seen(Server primary) => seen.GetValueOrDefault(primary.Label);

    /// <summary>
    /// Returns when the site is lost, or was given up by a run that did not finish: then whoever answers there is too late.
    /// </summary>
    public async Task UntilLost(CancellationToken ct)
    {
        var own = await Task.WhenAll(sites.Servers.Select(pair => pair.Own.Look(ct)));
        if (own.Any(state => state is { Follows: false }))
        {
            await Away(ct);
            return;
        }

        using var timer = new PeriodicTimer(words.Every, clock);
        var failures = 0;
        do
        {
            var away = await Away(ct);
            if (away.Count < sites.Servers.Count)
            {
                if (failures > 0) say($"Site {sites.Old} answers again.");
                (failures, gone) = (0, null);
                Tell(away);
                continue;
            }

            failures++;
            say($"Probe {failures} of {words.Failures}: no database of site {sites.Old} answers.");
        }
        while (failures < words.Failures && await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>Asks once.</summary>
    public async Task<List<Server>> Away(CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        var looks = await Task.WhenAll(sites.Servers.Select(async pair => (pair.Old, State: await pair.Old.Look(ct))));
        foreach (var (server, state) in looks)
            if (state is { Follows: false }) seen[server.Label] = new Sighting(at, state.Has);
        if (looks.All(look => look.State is null)) gone ??= at;
        return [.. looks.Where(look => look.State is null).Select(look => look.Old)];
    }

    private void Tell(List<Server> away)
    {
        var now = away.Count == 0
            ? $"Site {sites.Old} answers."
            : $"{string.Join(", ", away.Select(server => server.Name))} does not answer; the rest of site {sites.Old} does. That is for "
                + "its own failover. To give the site up: lectern failover --now.";
        if (now != said) say(now);
        said = now;
    }
}
