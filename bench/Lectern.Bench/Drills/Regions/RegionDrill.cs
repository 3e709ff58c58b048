using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Drills.Cluster;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Drills.Regions;

/// <summary>
/// Two regions on the loopback, 40 ms apart. Region a is lost under load with all it had; `lectern failover`, watching from region b, takes
/// over. What was lost is counted, region a comes back and must not work, and in the end it is made a standby and taken back to.
/// </summary>
internal sealed class RegionDrill : IAsyncDisposable
{
    private const double PerSecond = 8;
    private static readonly TimeSpan EachWay = TimeSpan.FromMilliseconds(40);

    private readonly string folder = Scratch.Temporary();
    private readonly Report report;
    private readonly RegionSite a;
    private readonly RegionSite b;
    private readonly Names names;
    private readonly Outcomes outcomes = new();
    private readonly Stopwatch clock = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<DrillLoad> loads = [];
    private readonly HttpClient http;
    private RegionFiles? files;
    private DelayProxy? way;
    private NpgsqlDataSource? database;
    private string last = string.Empty;

    private RegionDrill(Report report)
    {
        this.report = report;
        Directory.CreateDirectory(folder);
        (a, b) = (new RegionSite("a", Path.Combine(folder, "a")), new RegionSite("b", Path.Combine(folder, "b")));
        names = new Names(NamesFile);
        http = names.Client();
    }

    private string NamesFile => Path.Combine(folder, "names");

    public static async Task Run(Report report)
    {
        await using var drill = new RegionDrill(report);
        await drill.Open();
        var (fault, seconds) = await drill.LoseRegion();
        await drill.Judge(fault, seconds);
        await drill.OldRegionReturns();
        await drill.GoBack();
        report.Close(drill.last);
    }

    private async Task Open()
    {
        report.Progress("making region a, and region b from it");
        await a.StartPrimary();
        await using var app = Scratch.Build(a.Options);
        await Product.Prepare(app, migrate: true, default);
        // Whichever of the two takes writes.
        database = new NpgsqlDataSourceBuilder(a.Options.Postgres).Build();
        var schools = new List<DrillSchool>();
        foreach (var slug in new[] { "drill-one", "drill-two" })
        {
            var tenant = await app.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant(slug, $"School {slug}"), default);
            schools.Add(await DrillSchool.Fill(
                app.Services, database, tenant, new Course(1, DrillSchool.Learners, DrillSchool.Assignments)));
        }

        var port = ServerProcess.FreePort();
        way = new DelayProxy(port, a.DatabasePort, EachWay);
        await b.StartStandby(a, port);
        foreach (var site in new[] { a, b })
            await app.Services.GetRequiredService<ShardAdmin>().SetPlace(
                "main", site.Name, new PlatformOptions.Endpoint { Host = "127.0.0.1", Port = site.DatabasePort }, null, default);
        await database.DisposeAsync();
        database = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(a.Options.Postgres)
            {
                Host = $"127.0.0.1:{a.DatabasePort},127.0.0.1:{b.DatabasePort}", Timeout = 3,
            }.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite);
        await a.StartNodes();
        await File.WriteAllTextAsync(NamesFile, a.Addresses);
        foreach (var school in schools.ConvertAll(school => school with { Database = database }))
            loads.Add(new DrillLoad(http, school, [.. schools.Where(other => other.Mark != school.Mark)], outcomes, clock));
        files = new RegionFiles(http, loads[0].School);
        foreach (var load in loads) await load.SignIn();
    }

    /// <summary>The fault itself: answers when it was, by the wall and in seconds of the load.</summary>
    private async Task<(DateTimeOffset At, double Second)> LoseRegion()
    {
        var command = new FailoverCommand(report, b, folder, NamesFile);
        var failover = command.Run(string.Empty, "--every", "5", "--failures", "3", "--unfenced");
        await Task.WhenAny(failover, command.Speaks);
        clock.Restart();
        var running = Task.WhenAll(
            [.. loads.Select(load => load.Run(PerSecond, stop.Token)), files!.Run(stop.Token), CopyObjects(stop.Token)]);
        await Field.Wait(12);
        var (at, second) = (TimeProvider.System.GetUtcNow(), clock.Elapsed.TotalSeconds);
        // The way first: what was on it does not arrive.
        var cut = way!.DisposeAsync();
        way = null;
        await a.Lose();
        await cut;
        report.Note(string.Create(
            CultureInfo.InvariantCulture, $"{second:0.0} s  region a is gone: PostgreSQL and {RegionSite.Nodes} nodes, by kill -9"));
        if (await failover != 0) throw new InvalidOperationException("lectern failover did not succeed.");
        report.Note(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:0.0} s  lectern failover has ended"));
        await Field.Wait(12);
        await stop.CancelAsync();
        await running;
        return (at, second);
    }

    private async Task Judge(DateTimeOffset at, double fault)
    {
        report.Note($"before: {outcomes.Seen(0, fault)}");
        report.Note($"since: {outcomes.Seen(fault)}");
        foreach (var example in outcomes.Examples()) report.Note($"failed: {example}");
        await using var app = Scratch.Build(b.Options);
        await Product.Prepare(app, migrate: false, default);
        var (lost, apart, faults, undelivered, twice, signedOut) = (0L, 0L, 0L, 0L, 0L, 0);
        var rpo = 0.0;
        foreach (var load in loads)
        {
            var (proof, region) = (new DrillProof(app.Services, http, load), new RegionProof(app.Services, load));
            signedOut += await load.IsSignedIn() ? 0 : 1;
            var deliveries = await proof.Deliveries();
            var findings = await proof.ApartFromTheLedger();
            var audit = await region.FaultsOfTheAuditLog();
            foreach (var words in findings.Concat(audit).Concat(load.Leaks).Concat(load.Untrue).Take(5))
                report.Note($"{load.School.Mark}: {words}");
            (lost, apart, faults) = (lost + await proof.Lost(), apart + findings.Count, faults + audit.Count);
            undelivered += deliveries.Missing + deliveries.Dead + deliveries.Notices;
            twice += await region.NumbersGivenTwice();
            rpo = Math.Max(rpo, await region.SecondsLost(at));
            report.Note($"{load.School.Mark}: {load.Submissions.Count} submissions and {load.Grades.Count} grades acknowledged; "
                + $"events × listeners {deliveries.Expected}, missing {deliveries.Missing}");
        }

        var (filesLost, withoutBytes) = await files!.Missing();
        var acknowledged = loads.Sum(load => load.Acknowledged) + files.Acknowledged;
        var leaked = loads.Sum(load => load.Leaks.Count);
        var rto = outcomes.Recovered(fault);
        report.Note(
            $"files: {files.Acknowledged} acknowledged, {filesLost} of them lost with their rows, {withoutBytes} without their bytes");
        // Where writes are few the newest that arrived may be old, and yet nothing is missing.
        if (lost + filesLost == 0) rpo = 0;
        Expect("lost-writes", lost + filesLost, null);
        Expect("rpo-seconds", rpo, 5);
        Expect("rto-seconds", rto, 60);
        Expect("rows-without-their-file", withoutBytes, null);
        Expect("leaked", leaked, 0);
        Expect("apart-from-ledger", apart, 0);
        Expect("faults-in-audit-log", faults, 0);
        Expect("deliveries-missing-or-repeated", undelivered, 0);
        Expect("numbers-given-twice", twice, 0);
        Expect("sessions-lost", signedOut, 0);
        // That a grade of before is no longer what its teacher saw is what losing means; they are shown both.
        var untrue = loads.SelectMany(load => load.Untrue).Count(words => !words.StartsWith("grade of", StringComparison.Ordinal));
        Expect("503-without-retry-after", untrue, 0);
        last = string.Create(CultureInfo.InvariantCulture,
            $"region: acknowledged={acknowledged} lost={lost + filesLost} leaked={leaked} recovered_s={rto:0.0}");
    }

    /// <summary>Its power is back. Nothing told it that another region works now, and it must find out before it answers anybody.</summary>
    private async Task OldRegionReturns()
    {
        await a.StartPrimary();
        using var node = a.Command("serve");
        var says = node.StandardError.ReadToEndAsync();
        var ended = await Task.WhenAny(node.WaitForExitAsync(), Field.Wait(60)) is var first && node.HasExited && first is not null;
        if (!ended) node.Kill();
        report.Note($"region a returns: {(ended ? (await says).Trim() : "its node serves")}");
        Expect("old-region-works", ended && node.ExitCode == 2 ? 0 : 1, 0);
    }

    /// <summary>Region a becomes a standby of b, and then the region that works; the command is killed on the way.</summary>
    private async Task GoBack()
    {
        await a.Discard();
        var port = ServerProcess.FreePort();
        await using var back = new DelayProxy(port, b.DatabasePort, EachWay);
        await a.StartStandby(b, port);
        await using (var app = Scratch.Build(b.Options))
        {
            await Product.Prepare(app, migrate: false, default);
            await app.Services.GetRequiredService<ShardAdmin>().SetPlace(
                "main", "a", new PlatformOptions.Endpoint { Host = "127.0.0.1", Port = a.DatabasePort }, null, default);
        }

        var rows = await Rows(b);
        var command = new FailoverCommand(report, a, folder, NamesFile);
        var killed = await command.Run("kill -9 $PPID; exit 1; ", "--now");
        var again = await command.Run(string.Empty, "--now");
        report.Note($"failing back: killed by -9 between two steps ({killed}), the same command again ended with {again}");
        Expect("fail-back-not-done", killed != 0 && again == 0 ? 0 : 1, 0);
        Expect("fail-back-lost", Math.Abs(rows - await Rows(a)), 0);
        var answered = await loads[0].IsSignedIn();
        Expect("fail-back-without-answer", answered ? 0 : 1, 0);
    }

    private void Expect(string what, double value, double? atMost) => report.Add(new Figure(what, value, Goal: atMost));

    private async Task<long> Rows(RegionSite site)
    {
        await using var source = NpgsqlDataSource.Create(site.Options.Postgres);
        var schema = loads[0].School.Schema;
        return await Fleet.Value<long>(
            source, $"SELECT (SELECT count(*) FROM {schema}.submissions) + (SELECT count(*) FROM {schema}.grade_entries)");
    }

    /// <summary>A second between passes, as replication between buckets lags.</summary>
    private async Task CopyObjects(CancellationToken ct)
    {
        var (from, to) = (Path.Combine(folder, "a", "objects"), Path.Combine(folder, "b"));
        while (!ct.IsCancellationRequested)
        {
            if (Directory.Exists(from))
            {
                using var copy = Process.Start("cp", ["-a", "--update", from, to]);
                await copy.WaitForExitAsync(CancellationToken.None);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        http.Dispose();
        if (way is not null) await way.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        await a.DisposeAsync();
        await b.DisposeAsync();
        stop.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
