using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>
/// Two institutions at work on the cluster, what is broken meanwhile, and what is found afterwards. A drill breaks something, waits, mends
/// it; the rest is the same for all.
/// </summary>
internal sealed class Field : IAsyncDisposable
{
    private const double PerSecond = 8;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(6);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stop = new();
    private readonly List<DrillLoad> loads = [];
    private readonly Report report;
    private readonly string name;
    private Task running = Task.CompletedTask;
    private double? recovered;

    private Field(string name, Report report, Fleet fleet) => (this.name, this.report, Fleet) = (name, report, fleet);

    public Fleet Fleet { get; }

    public Outcomes Outcomes { get; } = new();

    public IReadOnlyList<DrillLoad> Loads => loads;

    /// <summary>When the fault began, in seconds of the load.</summary>
    public double Fault { get; private set; }

    public double Now => clock.Elapsed.TotalSeconds;

    public static Task<Field> Open(string name, Report report, params (string Slug, string Shard)[] places) =>
        Open(name, report, _ => Task.CompletedTask, places);

    /// <param name="prepare">What is to be there before anybody comes.</param>
    public static async Task<Field> Open(string name, Report report, Func<Fleet, Task> prepare, params (string Slug, string Shard)[] places)
    {
        var field = new Field(name, report, await Fleet.Find());
        await field.Fleet.Dev("up");
        await prepare(field.Fleet);
        var schools = await DrillSchool.Open(field.Fleet, places.Length > 0 ? places : [("drill-one", "main"), ("drill-two", "main")]);
        field.clock.Restart();
        foreach (var school in schools)
        {
            DrillSchool[] others = [.. schools.Where(other => other != school)];
            field.loads.Add(new DrillLoad(field.Fleet.Http, school, others, field.Outcomes, field.clock));
        }

        foreach (var load in field.loads) await load.SignIn();
        field.clock.Restart();
        field.running = Task.WhenAll(field.loads.Select(load => load.Run(PerSecond, field.stop.Token)));
        await Task.Delay(Before);
        return field;
    }

    public void Say(string words) => report.Note(string.Create(CultureInfo.InvariantCulture, $"{Now,5:0.0} s  {words}"));

    /// <summary>What people are promised; a drill in which it does not hold has failed.</summary>
    public void Expect(string what, double value, double atMost) => report.Add(new Figure(what, value, Goal: atMost));

    /// <summary>Breaks something. The fault counts from the moment before.</summary>
    public async Task Break(string words, Func<Task> how)
    {
        if (Fault == 0) Fault = Now;
        var began = Now;
        await how();
        Say(string.Create(CultureInfo.InvariantCulture, $"{words} (took {Now - began:0.0} s)"));
    }

    public Task Kill(string process) => Break($"killed {process}", () => Fleet.Dev("kill", process));

    public async Task Start(string process)
    {
        await Fleet.Dev("start", process);
        Say($"started {process}");
    }

    public static Task Wait(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    /// <summary>Where recovery is something else than the last request that failed.</summary>
    public void Recovered() => recovered = Now - Fault;

    /// <summary>Ends the load and says what is left of what was promised.</summary>
    public async Task Judge()
    {
        await stop.CancelAsync();
        await running;
        Say($"before: {Outcomes.Seen(0, Fault)}");
        Say($"since: {Outcomes.Seen(Fault)}");
        foreach (var example in Outcomes.Examples()) Say($"failed: {example}");
        Say(string.Create(
            CultureInfo.InvariantCulture, $"users saw {Outcomes.Failures().Count} errors, at most {Outcomes.LongestSpan():0.0} s on end"));
        await Session();
        var (lost, apart, undelivered, untrue) = (0L, 0L, 0L, 0L);
        foreach (var load in loads)
        {
            var proof = new DrillProof(Fleet, load);
            var deliveries = await proof.Deliveries();
            var findings = await proof.ApartFromTheLedger();
            foreach (var words in findings.Concat(load.Leaks).Concat(load.Untrue).Take(5)) Say($"{load.School.Mark}: {words}");
            lost += await proof.Lost() + await proof.LostToTheApi();
            apart += findings.Count;
            undelivered += deliveries.Missing + deliveries.Dead + deliveries.Notices;
            untrue += load.Untrue.Count;
            Say($"{load.School.Mark}: {load.Submissions.Count} submissions, {load.Grades.Count} grades; "
                + $"events × listeners {deliveries.Expected}, missing {deliveries.Missing}, given up {deliveries.Dead}, "
                + $"notices missing or repeated {deliveries.Notices}");
        }

        var leaked = loads.Sum(load => load.Leaks.Count);
        Expect("lost", lost, 0);
        Expect("leaked", leaked, 0);
        Expect("apart-from-ledger", apart, 0);
        Expect("deliveries-missing-or-repeated", undelivered, 0);
        Expect("refused-untruly-or-without-retry-after", untrue, 0);
        report.Close(string.Create(CultureInfo.InvariantCulture, $"{name}: acknowledged={loads.Sum(l => l.Acknowledged)} lost={lost} "
            + $"leaked={leaked} recovered_s={recovered ?? Outcomes.Recovered(Fault):0.0}"));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        await Fleet.DisposeAsync();
    }

    /// <summary>Who had signed in before the fault must not have to again.</summary>
    private async Task Session()
    {
        var lost = 0;
        foreach (var load in loads) lost += await load.IsSignedIn() ? 0 : 1;
        Expect("sessions-lost", lost, 0);
    }
}
