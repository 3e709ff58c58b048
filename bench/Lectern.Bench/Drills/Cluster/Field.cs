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
        await new Verdict(name, report, Fleet.App.Services, Fleet.Http).Give(loads, Outcomes, Fault, recovered);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        await Fleet.DisposeAsync();
    }
}
