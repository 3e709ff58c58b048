using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Drills;

/// <summary>
/// Server and PostgreSQL are killed while 500 people hand in and grade. Afterwards everything that was acknowledged must be there, the
/// gradebook must say what the ledger says, and every event must have reached each of its listeners once.
/// </summary>
internal static class CrashDrill
{
    private const int People = 500;
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(6);
    private static readonly Course Course = new(1, People, 5);

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        await Course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        var port = ServerProcess.FreePort();
        var load = new CrashLoad(tenant, Course);
        await using (var doomed = await ServerProcess.Unlimited(scratch.Options, port))
        {
            var clients = Enumerable.Range(0, People).Select(i => load.Run(doomed.Http, i)).ToList();
            await Task.Delay(Work);
            report.Progress($"killing the server and PostgreSQL after {load.Acknowledged} acknowledged writes");
            await doomed.Kill();
            Process.GetProcessById(scratch.PostmasterPid).Kill();
            load.Stop();
            await Task.WhenAll(clients);
        }

        var watch = Stopwatch.StartNew();
        await using var server = await Restarted(scratch, port);
        // The bench's own connections died with the database too.
        scratch.Admin.Clear();
        await server.Http.Get($"/t/{tenant.Slug}/api/v1/courses/{Course.Id}/gradebook", Course.Token(tenant.Id, Course.Instructor));
        var recovered = watch.Elapsed.TotalSeconds;
        report.Progress(string.Create(CultureInfo.InvariantCulture, $"a gradebook was read {recovered:0.0} s after the kill"));

        var proof = new CrashProof(scratch, tenant, Course);
        var lost = await proof.Lost(load);
        var apart = await proof.RowsApartFromTheLedger();
        var (expected, handled) = await proof.Deliveries(scratch.App.Services.GetRequiredService<Listeners>());
        report.Note($"{load.Submissions.Count} submissions and {load.Grades.Count} grades acknowledged, "
            + $"{apart} rows differ from the ledger");
        if (!load.Refused.IsEmpty) report.Note($"{load.Refused.Count} refusals before the kill, such as: {load.Refused.First()}");
        report.Note($"events × listeners: {expected}, handled once each: {handled}");
        report.Add(new Figure("lost", lost, Goal: 0));
        report.Add(new Figure("rows-apart-from-ledger", apart, Goal: 0));
        report.Add(new Figure("deliveries-missing-or-repeated", Math.Abs(expected - handled), Goal: 0));
        report.Close(string.Create(
            CultureInfo.InvariantCulture, $"crash: acknowledged={load.Acknowledged} lost={lost} leaked=0 recovered_s={recovered:0.0}"));
    }

    /// <summary>The engine brings PostgreSQL back by itself; until then a starting server finds no database and ends.</summary>
    private static async Task<ServerProcess> Restarted(Scratch scratch, int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ServerProcess.Unlimited(scratch.Options, port);
            }
            catch (InvalidOperationException) when (attempt < 20)
            {
                await Task.Delay(200);
            }
        }
    }
}
