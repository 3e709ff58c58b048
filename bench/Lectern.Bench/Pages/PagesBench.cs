using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.School;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Pages;

/// <summary>
/// What the pages everybody opens cost: processor time of server and database together, and statements. The processor time includes what
/// both do in the background meanwhile.
/// </summary>
internal static class PagesBench
{
    private static readonly Course[] Courses = [.. Enumerable.Range(1, 6).Select(number => new Course(number, 60, 20))];

    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report);
        await Machine.Describe(report, scratch.Admin);
        await scratch.Execute("CREATE EXTENSION pg_stat_statements");
        var tenant = await scratch.Tenants.Create(new NewTenant("bench", "Measured"), default);
        foreach (var course in Courses) await course.Fill(scratch, tenant.Cell.Schema, [tenant.Id]);
        foreach (var course in Courses[1..]) await course.Join(scratch, tenant.Cell.Schema, Courses[0].Learner(0));
        await scratch.Execute("VACUUM ANALYZE");
        await using var server = await ServerProcess.Unlimited(scratch.Options);
        var course1 = Courses[0].Id;
        await Measure(report, scratch, server, tenant, "dashboard", "/dashboard", 10);
        await Measure(report, scratch, server, tenant, "course-page", $"/courses/{course1} /courses/{course1}/assignments", 10);
        await Measure(report, scratch, server, tenant, "own-grades", $"/courses/{course1}/grades/mine", 15);
    }

    private static async Task Measure(
        Report report, Scratch scratch, ServerProcess server, Tenant tenant, string page, string paths, double goal)
    {
        var token = Course.Token(tenant.Id, Courses[0].Learner(0));
        async Task Open(int i)
        {
            foreach (var path in paths.Split(' ')) await server.Http.Get($"/t/{tenant.Slug}/api/v1{path}", token);
        }

        await Latencies.Of(1, 300, Open);
        foreach (var clients in new[] { 1, 8 })
        {
            var before = Cpu(scratch, server);
            var times = await Latencies.Of(clients, report.Sized(1_000), Open);
            var after = Cpu(scratch, server);
            var (ours, database) = ((after.Server - before.Server) / times.Count, (after.Database - before.Database) / times.Count);
            report.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{page}, {clients} client(s): p50 {times.P50:0.0} p95 {times.P95:0.0} ms; "
                + $"processor {ours:0.00} ms server, {database:0.00} ms database"));
            report.Add(new Figure($"{page}-cpu-ms-{clients}-clients", ours + database, Goal: goal));
        }

        if (paths.Contains(' ', StringComparison.Ordinal)) report.Note($"{page} is {paths.Split(' ').Length} requests: {paths}");
        report.Add(new Figure($"{page}-statements", await Statements(scratch, tenant, Open), Goal: 5));
    }

    private static (double Server, double Database) Cpu(Scratch scratch, ServerProcess server) =>
        (Processes.CpuMilliseconds(server.Pid), Processes.FamilyCpuMilliseconds(scratch.PostmasterPid));

    /// <summary>Statements the institution's cell was asked for one page, not counting the naming of the institution.</summary>
    private static async Task<double> Statements(Scratch scratch, Tenant tenant, Func<int, Task> open)
    {
        const int Pages = 20;
        await scratch.Execute("SELECT pg_stat_statements_reset()");
        for (var i = 0; i < Pages; i++) await open(i);
        var counted = await scratch.Value<decimal>($"""
            SELECT COALESCE(sum(calls), 0) FROM pg_stat_statements
            WHERE userid = '{tenant.Cell.Role}'::regrole AND query !~* '^(BEGIN|COMMIT|SELECT set_config)'
            """);
        return (double)counted / Pages;
    }
}
