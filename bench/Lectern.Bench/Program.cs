using Lectern.Bench.Drills;
using Lectern.Bench.Grading;
using Lectern.Bench.Harness;
using Lectern.Bench.Pages;
using Lectern.Bench.Tenants;

namespace Lectern.Bench;

/// <summary>Measures the product. Each bench starts what it needs in a scratch folder, is bounded, and clears up after itself.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Func<Report, Task>> Benches = new(StringComparer.Ordinal)
    {
        ["gradebook"] = GradebookBench.Run,
        ["grade-write"] = GradeWriteBench.Run,
        ["pages"] = PagesBench.Run,
        ["submissions"] = SubmissionsBench.Run,
        ["tenants"] = TenantsBench.Run,
        ["crash"] = CrashDrill.Run,
    };

    public static async Task<int> Main(string[] args)
    {
        if (args is [FloorServer.Child, var file, var port]) return await FloorServer.Run(file, port);
        if (args is [MigrationDrill.Child, ..]) return await MigrationDrill.MigrateAsChild();
        var names = args.Where(word => !word.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (names.Count == 0 || names.Exists(name => !Benches.ContainsKey(name)))
        {
            Console.Error.WriteLine($"Usage: ./dev bench NAME [--small] [--no-record]   NAME: {string.Join(" · ", Benches.Keys)}");
            return 2;
        }

        foreach (var name in names)
        {
            var report = new Report(name, small: args.Contains("--small"));
            await Benches[name](report);
            // A small run says that the bench works, not how fast the product is, so it never takes the place of a result.
            await report.Finish(record: !report.Small && !args.Contains("--no-record"));
        }

        return 0;
    }
}
