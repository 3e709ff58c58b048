using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>
/// Ten thousand institutions on one PostgreSQL: 8,000 in pooled cells, 2,000 in schemas of their own. What it takes to make them, to
/// migrate them with a killed runner, to remember them in a connection, and what the many cost the one who reads and writes grades.
/// </summary>
internal static class TenantsBench
{
    private const int Rounds = 15;

    public static async Task Run(Report report)
    {
        await using var few = await Crowd.Open(report, "few");
        await using var many = await Crowd.Open(report, "many");
        if (report.Kept is { IsMade: true } made)
        {
            foreach (var note in await made.Notes()) report.Note(note);
            foreach (var crowd in new[] { few, many }) await crowd.Meet();
        }
        else await Make(report, few, many);

        if (report.Kept is { IsMade: false }) return;
        await Machine.Describe(report, many.Scratch.Admin);
        foreach (var crowd in new[] { few, many }) await crowd.Serve();
        foreach (var kind in new[] { "pooled", "schema", "mixed" }) await Compare(report, few, many, kind);
        await many.StopServing();
        await ConnectionMemory.Measure(report, many);
        await MigrationDrill.Run(report, many.Scratch);
    }

    private static async Task Make(Report report, Crowd few, Crowd many)
    {
        await few.Create(CellKind.Pooled, 8);
        await few.Create(CellKind.Schema, 2);
        await many.Create(CellKind.Pooled, report.Sized(8_000));
        await many.Create(CellKind.Schema, report.Sized(2_000));
        foreach (var crowd in new[] { few, many }) await crowd.Settle();
        if (report.Kept is { } kept) await kept.Finish(report.Notes);
    }

    /// <summary>
    /// Few and many institutions take turns, so that whatever else the machine does meets both alike. Institutions are taken at random, by
    /// one client; each of them has been visited before.
    /// </summary>
    private static async Task Compare(Report report, Crowd few, Crowd many, string kind)
    {
        var (atFew, atMany) = (few.Of(kind), many.Of(kind));
        if (kind is not "mixed")
        {
            await few.Visit(atFew);
            await many.Visit(atMany);
        }

        var times = new[] { "read", "write" }.ToDictionary(work => work, _ => (Few: new List<Latencies>(), Many: new List<Latencies>()));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (work, (fewTimes, manyTimes)) in times)
            {
                fewTimes.Add(await few.Time(work, atFew, round));
                manyTimes.Add(await many.Time(work, atMany, round));
            }
        }

        foreach (var (work, (fewTimes, manyTimes)) in times)
        {
            var (p50Few, p95Few) = (Median(fewTimes, l => l.P50), Median(fewTimes, l => l.P95));
            var (p50Many, p95Many) = (Median(manyTimes, l => l.P50), Median(manyTimes, l => l.P95));
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"grade {work}, {kind}: at {atFew.Count} p50 {p50Few:0.00} p95 {p95Few:0.00} ms, at {atMany.Count} p50 {p50Many:0.00} "
                + $"p95 {p95Many:0.00} ms (medians of {Rounds} rounds)"));
            report.Add(new Figure($"grade-{work}-{kind}-p95-ms", p95Many, Floor: p95Few, Goal: p95Few * 1.2));
        }
    }

    private static double Median(List<Latencies> rounds, Func<Latencies, double> of) => new Latencies(rounds.Select(of)).P50;
}
