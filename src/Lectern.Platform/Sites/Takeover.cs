using Npgsql;

namespace Lectern.Platform.Sites;

/// <summary>
/// Makes this site the one that works. What has been done is read from the servers themselves and from the catalogue's list of turns, so
/// a takeover that was cut short anywhere is gone on with by the same command.
/// </summary>
internal sealed class Takeover(
    SitePair sites, PrimaryWatch watch, FailoverWords words, OperatorCommands commands, TimeProvider clock, Action<string> say)
{
    // Any number, so long as it is always the same.
    private const long OnlyOne = 7205760;

    public async Task Run(CancellationToken ct)
    {
        var began = clock.GetUtcNow();
        await using var alone = await Alone(ct);
        var seen = await sites.See(ct);
        await RefuseIfTakenOver(seen, ct);
        if (seen is { Finished: true } && seen.Writer == sites.Own)
        {
            say($"Site {sites.Own} works already (turn {seen.Turn}). There is nothing to do.");
            return;
        }

        if (seen.Writer == sites.Own) say($"Site {sites.Own} has turn {seen.Turn} since a run that did not finish. Going on.");
        else if (!await TakeTurn(seen, ct)) return;
        await Open(ct);
        var lost = await new TurnLog(sites.Catalogue.Source).Finish(ct);
        say($"failover: site {sites.Own} works, {(clock.GetUtcNow() - (watch.Gone ?? began)).TotalSeconds:0.0} s after "
            + $"{(watch.Gone is null ? "the command" : "the first probe that failed")}; lost: {lost}");
    }

    /// <summary>Everything up to the entry in the catalogue that says who writes. False when nothing was to be done.</summary>
    private async Task<bool> TakeTurn(SiteSeen seen, CancellationToken ct)
    {
        var states = await States(ct);
        var lost = Assess(states);
        if (words.DryRun)
        {
            foreach (var line in Plan(states)) say(line);
            return false;
        }

        await Fence(states, ct);
        await CatchUp(states, lost, ct);
        foreach (var state in states) await Promote(state, ct);
        var none = lost.All(loss => loss == Loss.None);
        foreach (var (own, _) in sites.Servers)
            if ((await own.Look(ct))?.Fenced is true) await own.Unfence(ct);
        if (!none)
            foreach (var database in sites.Databases) await database.SkipNumbers(ct);

        var worst = lost.MaxBy(loss => loss.AtMost ?? TimeSpan.MaxValue) ?? Loss.None;
        var (turn, replicas) = await new TurnLog(sites.Catalogue.Source).Begin(seen.Turn + 1, sites, worst.ToString(), ct);
        say($"Turn {turn}: the catalogue says that site {sites.Own} writes, and where its databases are.");
        if (replicas > 0) say($"{replicas} replicas of site {sites.Old} are out of the catalogue; add this site's when they follow it.");
        return true;
    }

    private async Task<List<PairState>> States(CancellationToken ct)
    {
        var states = await Task.WhenAll(sites.Servers.Select(async pair =>
        {
            var looks = await Task.WhenAll(pair.Own.Look(ct), pair.Old.Look(ct));
            return new PairState(pair.Own, looks[0] ?? throw new FailoverRefusedException($"{pair.Own.Name} does not answer."), pair.Old,
                looks[1]);
        }));
        foreach (var (own, here, old, there) in states)
        {
            if (there is not null && there.Identity != here.Identity) throw new FailoverRefusedException(
                $"{own.Name} is no copy of {old.Name}: they were made apart.");
            if (there is { Follows: true } && here.Follows) throw new FailoverRefusedException(
                $"Both {own.Name} and {old.Name} are standbys. --from says which site worked, or its own failover is under way.");
        }

        return [.. states];
    }

    private List<Loss> Assess(List<PairState> states)
    {
        if (!words.Now && states.TrueForAll(state => state.Here.Follows) && states.Exists(state => state.There is not null))
            throw new FailoverRefusedException($"Site {sites.Old} answers again. Nothing was changed.");
        var losses = new List<Loss>();
        foreach (var (own, here, old, there) in states)
        {
            // One that answers is caught up with, or was before it let nobody write. What one lacks that was promoted already, only the
            // run before this one knew.
            var whole = here.Follows ? there is not null : there is { Fenced: true } && !words.AcceptLoss;
            var loss = whole ? Loss.None
                : here.Follows ? Loss.Of(here, watch.Seen(old), watch.Gone ?? clock.GetUtcNow())
                : new Loss(null, "it was promoted by a run that did not finish");
            losses.Add(loss);
            if (loss == Loss.None) continue;
            say($"{own.Name}: lost is {loss}; {loss.Because}.");
            if (!here.Follows || words.AcceptLoss) continue;
            if ((loss.AtMost ?? TimeSpan.MaxValue) > words.MostLoss) throw new FailoverRefusedException(
                $"That may be more than the {words.MostLoss.TotalSeconds:0} s of --most-loss. --accept-loss goes on all the same.");
        }

        if (words.Fence is null && !words.Unfenced && states.Exists(state => state.There is null)) throw new FailoverRefusedException(
            $"Site {sites.Old} cannot be told to stop writing, for not all of it answers. --fence COMMAND stops it for certain; --unfenced "
            + "goes on without.");
        return losses;
    }

    private async Task Fence(List<PairState> states, CancellationToken ct)
    {
        foreach (var (_, _, old, there) in states.Where(state => state.There is { Follows: false }))
        {
            await old.Fence(ct);
            say($"{old.Name} lets nobody write any more.");
        }

        if (words.Fence is { } command)
        {
            if (await commands.Run("fence", command, ct)) say($"The fence command says that site {sites.Old} is stopped.");
            else if (!words.Unfenced) throw new FailoverRefusedException("The fence command failed. Nothing was promoted.");
        }

        if (states.Exists(state => state.There is null) && words.Unfenced)
            say($"Site {sites.Old} is not fenced: if it comes back, its processes stand back when they can see this site, and what they "
                + "take until then is lost.");
    }

    private async Task CatchUp(List<PairState> states, List<Loss> lost, CancellationToken ct)
    {
        foreach (var (own, _, old, _) in states.Where(state => state.There is { Follows: false } && state.Here.Follows))
        {
            var goal = (await old.Look(ct))?.Has;
            if (goal is not null && await Until(async () => (await own.Look(ct))?.Shows >= goal, ct)) say($"{own.Name} has everything.");
            else if (!words.AcceptLoss) throw new FailoverRefusedException(
                $"{own.Name} did not catch up in {words.Patience.TotalSeconds:0} s. {await GoBack(states, ct)} --accept-loss goes on all "
                + "the same.");
            else
            {
                lost.Add(new Loss(null, "it did not catch up"));
                say($"{own.Name} did not catch up; what it lacks is lost.");
            }
        }
    }

    /// <summary>Lets the old site write again, unless a run before this one has promoted something: then there is no way back.</summary>
    private async Task<string> GoBack(List<PairState> states, CancellationToken ct)
    {
        if (!states.TrueForAll(state => state.Here.Follows))
            return $"Site {sites.Old} must not write again, because some of site {sites.Own} was promoted already.";
        foreach (var state in states.Where(state => state.There is { Follows: false })) await state.Old.Unfence(ct);
        return $"Site {sites.Old} may write again and nothing was promoted.";
    }

    private async Task Promote(PairState state, CancellationToken ct)
    {
        if (!state.Here.Follows)
        {
            say($"{state.Own.Name} is a primary already.");
            return;
        }

        if (words.Promote is not { } command) await state.Own.Promote(ct);
        else if (!await commands.Run("promote", command, ct)) throw new FailoverRefusedException("The promote command failed.");
        if (!await Until(async () => await state.Own.Look(ct) is { Follows: false }, ct)) throw new FailoverRefusedException(
            $"{state.Own.Name} was told to become a primary and has not done so in {words.Patience.TotalSeconds:0} s. See its log, and run "
            + "this again.");
        say($"{state.Own.Name} is a primary.");
    }

    private async Task Open(CancellationToken ct)
    {
        if (words.Start is null) say($"Start the nodes of site {sites.Own} now; there is no --start.");
        else if (!await commands.Run("start", words.Start, ct)) throw new FailoverRefusedException(
            "The start command failed. Run this again to repeat it: what came before stays done.");
        if (words.Url is { } url && !await Until(() => commands.IsReady(url, ct), ct)) throw new FailoverRefusedException(
            $"{url} was not ready in {words.Patience.TotalSeconds:0} s. Run this again when it is.");
        if (words.Url is not null) say($"{words.Url} is ready.");
        if (words.Dns is null) say("Lead names and balancers here now; there is no --dns.");
        else if (!await commands.Run("dns", words.Dns, ct)) throw new FailoverRefusedException(
            "The dns command failed. Run this again to repeat it: what came before stays done.");
    }

    private IEnumerable<string> Plan(List<PairState> states)
    {
        foreach (var (own, here, old, there) in states)
        {
            yield return there is null ? $"{old.Name} does not answer." : $"Would let nobody write to {old.Name}.";
            yield return here.Follows ? $"Would promote {own.Name}." : $"{own.Name} is a primary already.";
        }

        foreach (var (name, command) in new[] { ("fence", words.Fence), ("start", words.Start), ("dns", words.Dns) })
            if (command is not null) yield return $"Would run the {name} command: {command}";
        yield return "Nothing was changed.";
    }

    /// <summary>A copy that was written to before another site took over must not be mistaken for what works.</summary>
    private async Task RefuseIfTakenOver(SiteSeen seen, CancellationToken ct)
    {
        if (seen.Follows) return;
        try
        {
            var there = await SiteCatalogue.See(sites.Servers[^1].Old.Source, ct);
            if (!there.Follows && there.Turn > seen.Turn) throw new FailoverRefusedException(
                $"Site {there.Writer} took over in turn {there.Turn}, and the databases of site {sites.Own} are from before. Make them its "
                + "standbys first.");
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException)
        {
            // Not to be asked.
        }
    }

    private async Task<NpgsqlConnection> Alone(CancellationToken ct)
    {
        var connection = await sites.Catalogue.Source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.AddWithValue(OnlyOne);
        if (await command.ExecuteScalarAsync(ct) is true) return connection;
        await connection.DisposeAsync();
        throw new FailoverRefusedException("Another 'lectern failover' is at work here.");
    }

    private async Task<bool> Until(Func<Task<bool>> done, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (!await done())
        {
            if (clock.GetElapsedTime(began) > words.Patience) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, ct);
        }

        return true;
    }

    /// <summary>A database's server in this site and in the other, and how they are; the other's is null when it does not answer.</summary>
    private sealed record PairState(Server Own, ServerState Here, Server Old, ServerState? There);
}
