using Lectern.Bench.Harness;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>What one server connection weighs after it has met many institutions: it remembers every table it has ever opened.</summary>
internal static class ConnectionMemory
{
    public static async Task Measure(Report report, Crowd crowd)
    {
        var meet = report.Sized(1_000);
        // A pooled cell is served by connections of its own, which meet that cell's institutions only.
        var neighbours = crowd.Pooled.GroupBy(tenant => tenant.Cell.Id).First().Take(meet).ToList();
        report.Add(new Figure($"connection-memory-pooled-{neighbours.Count}-mib", await After(crowd.Scratch, neighbours)));
        var separate = crowd.Schemas.Take(meet).ToList();
        report.Add(new Figure($"connection-memory-schema-{separate.Count}-mib", await After(crowd.Scratch, separate)));
    }

    private static async Task<double> After(Scratch scratch, List<Tenant> tenants)
    {
        var options = new PlatformOptions
        {
            Postgres = scratch.Options.Postgres, Secret = scratch.Options.Secret, DataFolder = scratch.Options.DataFolder, CellPoolSize = 1,
        };
        await using var app = Scratch.Build(options);
        await app.Services.GetRequiredService<TenantDirectory>().LoadDatabases(default);
        var scopes = app.Services.GetRequiredService<TenantScopes>();
        var pids = new HashSet<int>();
        foreach (var tenant in tenants)
        {
            pids.Add(await scopes.Do(tenant.Id, async services =>
            {
                var db = services.GetRequiredService<TenantDb>();
                await GradeWork.Read(db);
                await GradeWork.Write(db);
                return await db.Value<int>($"SELECT pg_backend_pid()", default);
            }, default));
        }

        return pids.Count == 1
            ? Processes.OwnMemory(pids.First())
            : throw new InvalidOperationException("More than one connection met the institutions.");
    }
}
