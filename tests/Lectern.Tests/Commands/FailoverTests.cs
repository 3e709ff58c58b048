using Lectern.Platform.Sites;
using Lectern.Platform.Tenancy;
using Lectern.Hosting;
using Lectern.Platform.Access;
using Lectern.Platform.Migrations;
using Lectern.Tests.Harness;
using Lectern.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lectern.Tests.Commands;

/// <summary>
/// A site takes over from another: planned, with nothing lost, or because the other is gone. Never do both take writes, and a takeover cut
/// short after any step is finished by the same command.
/// </summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task A_planned_change_of_sites_loses_nothing_and_may_be_cut_short_anywhere()
    {
        await using var sites = await TwoSites.Start();
        var tenant = await sites.NewTenant();
        var person = await tenant.NewNumber(Role.Administrator);
        // In a database of its own, of which nobody has said where it is in the other site: beside the first, as here.
        var alone = await sites.NewTenant("alone", CellKind.Database);
        var told = new List<string>();

        await sites.Failover(told.Add, "--now", "--dry-run");
        Assert.Contains("Nothing was changed.", told);
        await sites.OnB<object>("SELECT pg_wal_replay_pause()::text");
        (await person.Post("/probes", new { name = "behind" })).Expect(201);
        await Assert.ThrowsAsync<KilledException>(() => sites.Failover(
            line => _ = line.Contains("lets nobody write", StringComparison.Ordinal) ? throw new KilledException() : line, "--now"));
        var behind = await Assert.ThrowsAsync<FailoverRefusedException>(() => sites.Failover(told.Add, "--now", "--patience", "1"));
        Assert.Contains("did not catch up", behind.Message, StringComparison.Ordinal);
        await TestTenant.Eventually(
            async () => (int)(await person.Post("/probes", new { name = "goes on" })).Status == 201, "the old site writes again");
        await sites.OnB<object>("SELECT pg_wal_replay_resume()::text");

        // Killed after its first line, its second, and so on, until nothing is left to be done.
        var mark = Path.Combine(sites.AtB.DataFolder, "started");
        string[] words = ["--now", "--start", $"echo $LECTERN_SITE $LECTERN_NODES >> {mark}", "--dns", "true", "--nodes", "12"];
        for (var lines = 1; ; lines++)
        {
            var left = lines;
            try
            {
                await sites.Failover(line => _ = --left == 0 ? throw new KilledException() : line, words);
                break;
            }
            catch (KilledException)
            {
                Assert.True(lines < 20, "It does not come to an end.");
            }
        }

        Assert.Equal(1, await sites.OnB<int>("SELECT count(*)::int FROM platform.site_turns WHERE site = 'b' AND finished_at IS NOT NULL"));
        Assert.Equal("b 12", (await File.ReadAllLinesAsync(mark, TestContext.Current.CancellationToken))[^1]);
        Assert.False(await sites.OnB<bool>("SELECT pg_is_in_recovery()"));
        Assert.Equal("nothing", await sites.OnB<string>("SELECT lost FROM platform.site_turns"));
        Assert.Equal(await sites.OnA<long>(Written(tenant)), await sites.OnB<long>(Written(tenant)));
        told.Clear();
        await sites.Failover(told.Add, "--now");
        Assert.Contains(told, line => line.Contains("There is nothing to do.", StringComparison.Ordinal));

        await OldSiteStandsBack(sites, person);
        await using var there = await RunningHost.Start(sites.AtB, ServePart.All, TimeProvider.System, migrate: true);
        (await person.At(tenant.On(there)).Post("/probes", new { name = "here now" })).Expect(201);
        (await (await alone.On(there).NewNumber(Role.Administrator)).Post("/probes", new { name = "here too" })).Expect(201);
    }

    [Fact]
    public async Task A_lost_site_is_taken_over_from_when_it_is_fenced_and_little_is_missing()
    {
        await using var sites = await TwoSites.Start();
        var tenant = await sites.NewTenant();
        (await (await tenant.NewNumber(Role.Administrator)).Post("/probes", new { name = "kept" })).Expect(201);
        await TestTenant.Eventually(
            async () => await sites.OnA<long>(Written(tenant)) == await sites.OnB<long>(Written(tenant)), "the standby has it");
        await sites.StopA();

        var told = new List<string>();
        var loss = await Assert.ThrowsAsync<FailoverRefusedException>(
            () => sites.Failover(told.Add, "--now", "--unfenced", "--most-loss", "0.001"));
        Assert.Contains("--accept-loss", loss.Message, StringComparison.Ordinal);
        var unfenced = await Assert.ThrowsAsync<FailoverRefusedException>(() => sites.Failover(told.Add, "--now", "--accept-loss"));
        Assert.Contains("--fence", unfenced.Message, StringComparison.Ordinal);
        var failed = await Assert.ThrowsAsync<FailoverRefusedException>(
            () => sites.Failover(told.Add, "--now", "--accept-loss", "--fence", "false"));
        Assert.Contains("Nothing was promoted", failed.Message, StringComparison.Ordinal);
        Assert.True(await sites.OnB<bool>("SELECT pg_is_in_recovery()"));

        told.Clear();
        await Assert.ThrowsAsync<KilledException>(() => sites.Failover(
            line => told.Add(line.EndsWith("is a primary.", StringComparison.Ordinal) ? throw new KilledException() : line),
            "--every", "0.2", "--failures", "2", "--accept-loss", "--fence", "true"));
        Assert.Contains("Probe 2 of 2: no database of site a answers.", told);
        Assert.Contains(told, line => line.Contains("at most", StringComparison.Ordinal));

        // The old site's server comes back as it was: a primary that knows nothing of a change. There is no way back to it. Gone on
        // with, the takeover no longer knows how much was lost, and does not say that it was nothing.
        await sites.StartA();
        await sites.Failover(told.Add, "--every", "0.2", "--failures", "2", "--fence", "true");
        Assert.Equal("nobody can say how much", await sites.OnB<string>("SELECT lost FROM platform.site_turns"));
        Assert.True(await sites.OnB<bool>(
            "SELECT bool_and(COALESCE(last_value, 0) >= 1000) AND max(last_value) > 100000 FROM pg_sequences"),
            "Lost numbers could be given out again.");

        await OldSiteStandsBack(sites, null);
        var stale = await Assert.ThrowsAsync<FailoverRefusedException>(() => sites.Failover(sites.AtA, told.Add, "--now", "--accept-loss"));
        Assert.Contains("before", stale.Message, StringComparison.Ordinal);

        // Nor does it work again when it can no longer see the site that took over.
        var standing = sites.Host.Services.GetRequiredService<SiteStanding>();
        await TestTenant.Eventually(() => Task.FromResult(standing.Refusal is not null), "its running process stands back");
        await sites.StopB();
        await standing.Look(TestContext.Current.CancellationToken);
        Assert.NotNull(standing.Refusal);
    }

    private static async Task OldSiteStandsBack(TwoSites sites, TestPerson? person)
    {
        if (person is not null)
        {
            await TestTenant.Eventually(
                async () => (await person.Get("/courses")).Code == "site_stands_back", "the running process of the old site stands back");
            (await person.Post("/probes", new { name = "no" })).Refused(503, "site_stands_back");
            (await person.Send(HttpMethod.Get, $"{sites.Host.Address}health/ready", null)).Expect(503);
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(
            () => RunningHost.Start(sites.AtA, ServePart.All, TimeProvider.System, migrate: true));
        Assert.Contains("taken over", refused.Message, StringComparison.Ordinal);
    }

    private static string Written(TestTenant tenant) =>
        $"SELECT count(*) FROM {tenant.Tenant.Cell.Schema}.scopes WHERE scope LIKE 'probe:%'";

    private sealed class KilledException : Exception;
}
