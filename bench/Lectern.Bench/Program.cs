using Lectern.Bench.Drills;
using Lectern.Bench.Drills.Cluster;
using Lectern.Bench.Drills.Regions;
using Lectern.Bench.Grading;
using Lectern.Bench.Harness;
using Lectern.Bench.Load;
using Lectern.Bench.Pages;
using Lectern.Bench.Tenants;

namespace Lectern.Bench;

/// <summary>Measures the product. Each bench starts what it needs in a scratch folder, is bounded, and clears up after itself.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<Report, Task>> Benches = new(StringComparer.Ordinal)
    {
        ["load"] = LoadBench.Run,
        ["gradebook"] = GradebookBench.Run,
        ["grade-write"] = GradeWriteBench.Run,
        ["speed-grading"] = SpeedGradingBench.Run,
        ["pages"] = PagesBench.Run,
        ["submissions"] = SubmissionsBench.Run,
        ["similarity"] = SimilarityBench.Run,
        ["tenants"] = TenantsBench.Run,
        ["crash"] = CrashDrill.Run,
        ["broker"] = BrokerDrill.Run,
        ["objects"] = ObjectsDrill.Run,
        ["idle"] = IdleDrill.Run,
        ["neighbour"] = NeighbourDrill.Run,
        ["region"] = RegionDrill.Run,
        ["disk"] = DiskDrill.Run,
        ["autoscale"] = AutoscaleDrill.Run,
        ["node"] = NodeDrills.Api,
        ["primary"] = EngineDrills.Primary,
        ["worker"] = NodeDrills.Worker,
        ["redis"] = EngineDrills.Redis,
        ["rabbit"] = EngineDrills.Rabbit,
        ["replica"] = EngineDrills.Replica,
        ["shard"] = EngineDrills.Shard,
        ["upgrade"] = ChangeDrills.Upgrade,
        ["slow"] = ChangeDrills.Slow,
        ["service"] = ChangeDrills.Service,
        ["skew"] = ChangeDrills.Skew,
    };

    private static readonly HashSet<string> Drills =
    [
        "crash", "broker", "objects", "disk", "autoscale", "idle", "neighbour", "region",
        "node", "primary", "worker", "redis", "rabbit", "replica", "shard", "upgrade", "slow", "service", "skew",
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is [FloorServer.Child, var file, var port]) return await FloorServer.Run(file, port);
        if (args is [IdleConnections.Child, var to, var count, var from]) return await IdleConnections.Run(to, count, from);
        if (args is [MigrationDrill.Child, ..]) return await MigrationDrill.MigrateAsChild();
        var names = args
            .Where((word, at) => !word.StartsWith("--", StringComparison.Ordinal)
                && (at == 0 || args[at - 1] is not ("--part" or "--make" or "--use")))
            .ToList();
        if (names.Count == 0 || names.Exists(name => !Benches.ContainsKey(name)))
        {
            Console.Error.WriteLine(
                $"Usage: ./dev bench NAME [--small | --part N] [--make DIR | --use DIR] [--no-record]   "
                + $"NAME: {string.Join(" · ", Benches.Keys)}");
            return 2;
        }

        var failed = false;
        foreach (var name in names)
        {
            var kept = Kept.From(args);
            var report = new Report(name, PartOf(args), kept);
            await Benches[name](report);
            if (kept is { IsMade: false }) continue;
            // A small run says that the bench works, not how fast the product is.
            await report.Finish(record: !args.Contains("--small") && !args.Contains("--no-record"));
            // A missed goal of speed is a number; something lost in a drill is a failure.
            failed |= Drills.Contains(name) && !report.Met;
        }

        return failed ? 1 : 0;
    }

    /// <summary>1: the whole size. --part 5: a fifth of it.</summary>
    private static int PartOf(string[] args) => args.Contains("--small")
        ? 20
        : Array.IndexOf(args, "--part") is var at and >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture)
            : 1;
}
