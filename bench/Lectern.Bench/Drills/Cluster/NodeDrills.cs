using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>Drills on the product's own processes.</summary>
internal static class NodeDrills
{
    // Three probes, three seconds apart, and one that was about to begin.
    private const double Noticed = 12;

    /// <summary>One of three api nodes dies. Until the balancer has noticed, what that node had begun fails; after that, nothing.</summary>
    public static async Task Api(Report report)
    {
        await using var field = await Field.Open("node", report);
        await field.Kill("api1");
        await Field.Wait(25);
        var noticed = field.Fault + Noticed;
        field.Say($"until the balancer had noticed: {field.Outcomes.Seen(field.Fault, noticed)}");
        await field.Start("api1");
        await Field.Wait(8);
        field.Expect("failed-after-the-balancer-noticed", field.Outcomes.Failures(noticed).Count, 0);
        await field.Judge();
    }

    /// <summary>
    /// A worker dies while it holds jobs. What they write is held up by a lock of ours, so that the worker is certainly in the middle of
    /// them; the other takes them over when their leases have run out.
    /// </summary>
    public static async Task Worker(Report report)
    {
        await using var field = await Field.Open("worker", report);
        var school = field.Loads[0].School;
        int doomed;
        string held;
        await using (var hold = await school.Database.OpenConnectionAsync())
        {
            await using var transaction = await hold.BeginTransactionAsync();
            await using (var command = hold.CreateCommand())
            {
                command.CommandText = $"LOCK TABLE {school.Schema}.notifications IN SHARE MODE";
                await command.ExecuteNonQueryAsync();
            }

            await Field.Wait(3);
            doomed = await Holder(field, school);
            held = $"state = 'running' AND leased_by LIKE '%-{field.Fleet.ProcessOf($"worker{doomed}")?.Id}'";
            field.Say($"worker{doomed} holds {await Count(school, held)} jobs");
            await field.Kill($"worker{doomed}");
            await transaction.RollbackAsync();
        }

        var left = await Count(school, held);
        field.Say($"{left} jobs are left under leases of the dead");
        for (var waited = 0; waited < 120 && await Count(school, held) > 0; waited++) await Field.Wait(0.5);
        field.Recovered();
        field.Expect("jobs-left-with-the-dead", await Count(school, held), 0);
        await field.Start($"worker{doomed}");
        await Field.Wait(3);
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    private static async Task<int> Holder(Field field, DrillSchool school)
    {
        var first = field.Fleet.ProcessOf("worker1")?.Id;
        return await Count(school, $"state = 'running' AND leased_by LIKE '%-{first}'") > 0 ? 1 : 2;
    }

    private static Task<long> Count(DrillSchool school, string which) =>
        Fleet.Value<long>(school.Database, $"SELECT count(*) FROM platform.jobs WHERE {which}");
}
