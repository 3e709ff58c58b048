using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>
/// `lectern autoscale run` with real nodes: a rush makes the fleet grow, quiet makes it shrink, and who asks meanwhile notices neither.
/// The drill is the balancer: it asks the nodes in turn that the fleet's command has named last.
/// </summary>
internal static class AutoscaleDrill
{
    private const int Crowd = 24;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly Course Course = new(1, 100, 20);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var tenant = await scratch.Tenants.Create(new NewTenant("busy", "Has a rush"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        var named = Path.Combine(scratch.Options.DataFolder, "ports");
        using var fleet = Start(scratch, await Teller(named), ServerProcess.FreePort());
        try
        {
            await Drill(report, tenant, fleet, named);
        }
        finally
        {
            // SIGTERM, so that it takes its nodes with it.
            using (var kill = Process.Start("kill", ["-TERM", fleet.Id.ToString(CultureInfo.InvariantCulture)]))
                await kill.WaitForExitAsync();
            await fleet.WaitForExitAsync();
        }
    }

    private static async Task Drill(Report report, Tenant tenant, Process fleet, string named)
    {
        using var load = new Load(tenant, named);
        var clock = Stopwatch.StartNew();
        await Until(() => Ports(named).Length == 2, fleet, "two nodes at the start");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s  two nodes"));

        var rush = load.Ask(Crowd, TimeSpan.Zero);
        await Until(() => Ports(named).Length >= 4, fleet, "four nodes under a rush");
        var grown = clock.Elapsed.TotalSeconds;
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{grown:0.0} s  four nodes, {load.Answered} answered, {load.Shed} shed"));
        await load.Stop(rush);

        var most = Ports(named).Length;
        var quiet = load.Ask(1, TimeSpan.FromMilliseconds(100));
        await Until(() => Ports(named).Length == 2, fleet, "two nodes when it is quiet");
        report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.Elapsed.TotalSeconds:0.0} s  two nodes again, {load.Answered} answered, {load.Shed} shed"));
        await load.Stop(quiet);

        report.Add(new Figure("nodes-at-most", most, Goal: 4, MoreIsBetter: true));
        report.Add(new Figure("failed", load.Failed, Goal: 0));
        report.Close(string.Create(
            CultureInfo.InvariantCulture, $"autoscale: acknowledged={load.Answered} lost=0 leaked=0 recovered_s={grown:0.0}"));
    }

    private static async Task Until(Func<bool> there, Process fleet, string what)
    {
        var since = Stopwatch.StartNew();
        while (!there())
        {
            if (fleet.HasExited) throw new InvalidOperationException($"The fleet ended with {fleet.ExitCode}.");
            if (since.Elapsed > Longest) throw new InvalidOperationException($"There never were {what}.");
            await Task.Delay(200);
        }
    }

    /// <summary>A command that writes down the ports it is told, all at once.</summary>
    private static async Task<string> Teller(string named)
    {
        var script = $"{named}.sh";
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho \"$@\" > '{named}.new' && mv '{named}.new' '{named}'\n");
        using var mark = Process.Start("chmod", ["u+x", script]);
        await mark.WaitForExitAsync();
        return script;
    }

    private static int[] Ports(string named) =>
        File.Exists(named) ? [.. File.ReadAllText(named).Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))] : [];

    private static Process Start(Scratch scratch, string teller, int first)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "lectern.dll"), "autoscale", "run", "--ports", $"{first}-{first + 4}", "--every", "2",
            "--grow-pause", "4", "--shrink-pause", "8", "--cores", "0.2", "--notify", teller,
        ]);
        // Small nodes, for the load and the database share the machine with them.
        start.Environment["LECTERN_POSTGRES"] = scratch.Options.Postgres;
        start.Environment["LECTERN_SECRET"] = scratch.Options.Secret;
        start.Environment["LECTERN_DATA"] = scratch.Options.DataFolder;
        start.Environment["LECTERN_BIND"] = "127.0.0.1";
        foreach (var limit in new[] { "PERSON", "TENANT", "ADDRESS" }) start.Environment[$"LECTERN__LIMITS__{limit}PERSECOND"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>People who look at their course and their grades.</summary>
    private sealed class Load(Tenant tenant, string named) : IDisposable
    {
#pragma warning disable RS0030 // One client that lives as long as the drill.
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false });
#pragma warning restore RS0030
        private CancellationTokenSource stop = new();
        private int answered;
        private int failed;
        private int shed;
        private int next;

        public int Answered => answered;

        public int Failed => failed;

        public int Shed => shed;

        /// <summary>So many people ask one after another, each with a pause between.</summary>
        public Task Ask(int people, TimeSpan pause)
        {
            var until = stop.Token;
            return Task.WhenAll(Enumerable.Range(0, people).Select(_ => Task.Run(async () =>
            {
                while (!until.IsCancellationRequested)
                {
                    await One();
                    await Task.Delay(pause, CancellationToken.None);
                }
            })));
        }

        public async Task Stop(Task asking)
        {
            await stop.CancelAsync();
            await asking;
            stop.Dispose();
            stop = new CancellationTokenSource();
        }

        public void Dispose()
        {
            stop.Dispose();
            http.Dispose();
        }

        private async Task One()
        {
            var (i, ports) = (Interlocked.Increment(ref next), Ports(named));
            var path = i % 2 == 0 ? $"/courses/{Course.Id}" : $"/courses/{Course.Id}/grades/mine";
            using var request = new HttpRequestMessage(
                HttpMethod.Get, $"http://127.0.0.1:{ports[i % ports.Length]}/t/{tenant.Slug}/api/v1{path}");
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", Course.Token(tenant.Id, Course.Learner(i % Course.Learners)));
            try
            {
                using var response = await http.SendAsync(request);
                // Browsing is shed while there are too few nodes; that is what the fleet grows for.
                if (response.StatusCode is HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref shed);
                else Interlocked.Increment(ref response.IsSuccessStatusCode ? ref answered : ref failed);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref failed);
            }
        }
    }
}
