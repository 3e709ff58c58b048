using Lectern.Bench.Harness;
using Lectern.Bench.School;

namespace Lectern.Bench.Load;

/// <summary>
/// Four shapes of load at rising rates, open loop, against one node and against three: three processes on the same PostgreSQL to which the
/// load goes in turn, without a balancer between, on the same cores. What one request costs is set beside bare Kestrel and pgbench.
/// </summary>
internal static class LoadBench
{
    public static async Task Run(Report report)
    {
        await using var scratch = await Scratch.Open(report, sharedBuffersMegabytes: 256);
        await Machine.Describe(report, scratch.Admin);
        report.Fact("three nodes: three processes on one PostgreSQL, asked in turn; load, nodes and database share the cores");
        report.Fact("normal load: half of the highest rate at which p95 stayed under 500 ms and at most 1 of 200 was not answered");
        var school = await LoadSchool.Fill(report, scratch);
        var page = await Browsing.Page(scratch.Options.DataFolder);
        Environment.SetEnvironmentVariable("LECTERN_WEB", page);
        var etags = new Dictionary<int, string>();
        var shapes = new Shapes(school, etags);
        foreach (var count in new[] { 1, 3 })
        {
            await using var nodes = await Nodes.Start(scratch, count);
            await Read(etags, nodes, school);
            foreach (var shape in shapes.All)
            {
                var cost = await new Rise(report, nodes).Run(shape);
                if (count == 1) await new Floors(report, scratch, school, nodes).Compare(shape, cost);
            }

            await using (var live = new LiveShape(report, nodes, school)) await live.Run();
            if (count > 1) await Edge(report, school, nodes);
        }
    }

    private static async Task Edge(Report report, LoadSchool school, Nodes nodes)
    {
        if (!EdgeServer.IsThere)
        {
            report.Note("browsing through the edge: not measured, for there is no nginx here");
            return;
        }

        await using var edge = await EdgeServer.Start(nodes.Addresses);
        await new Browsing(report, school).Run(edge);
    }

    /// <summary>What each institution's gradebook is known by now; a write changes it, and then it is sent whole.</summary>
    private static async Task Read(Dictionary<int, string> etags, Nodes nodes, LoadSchool school)
    {
        for (var i = 0; i < school.Tenants.Count; i++)
        {
            var path = $"/t/{school.Tenants[i].Slug}/api/v1/courses/{school.Course.Id}/gradebook";
            etags[i] = await nodes.Http(0).EtagOf(path, Course.Token(school.Tenants[i].Id, school.Course.Instructor));
        }
    }
}
