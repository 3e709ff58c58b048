using Lectern.Bench.Harness;
using Lectern.Platform.Data;

namespace Lectern.Bench.Tenants;

/// <summary>
/// What one server connection weighs after it has met many institutions: it remembers every table it has ever opened. The product serves
/// requests as always, but with one connection to each cell.
/// </summary>
internal static class ConnectionMemory
{
    public static async Task Measure(Report report, Crowd crowd)
    {
        var meet = report.Sized(1_000);
        // A pooled cell is served by connections of its own, which meet that cell's institutions only.
        var neighbours = crowd.Pooled.GroupBy(tenant => tenant.Cell.Id).First().Take(meet).ToList();
        var separate = crowd.Schemas.Take(meet).ToList();
        // The bench has connections of the same roles, from making the institutions; they are older than the server.
        var began = await crowd.Scratch.Value<DateTime>("SELECT clock_timestamp()::timestamp");
        await using var server = await ServerProcess.Unlimited(
            crowd.Scratch.Options, settings: [("CellPoolSize", "1"), ("SchemaPools", "1")]);
        foreach (var (kind, tenants, role) in new[]
        {
            ("pooled", neighbours, neighbours[0].Cell.Role), ("schema", separate, DatabaseAccess.SharedCell),
        })
        {
            await crowd.Visit(tenants, server);
            var pids = await crowd.Scratch.Value<int[]>($"""
                SELECT array_agg(pid) FROM pg_stat_activity WHERE usename = '{role}' AND backend_start::timestamp > '{began:O}'
                """);
            if (pids.Length != 1) throw new InvalidOperationException($"{pids.Length} connections met the institutions, not one.");
            report.Add(new Figure($"connection-memory-after-{tenants.Count}-{kind}-mib", Processes.OwnMemory(pids[0])));
        }
    }
}
