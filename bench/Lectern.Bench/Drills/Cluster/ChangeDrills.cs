using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;
using Lectern.Bench.Tenants;

namespace Lectern.Bench.Drills.Cluster;

/// <summary>Drills in which nothing dies: something changes, or is slow, or is wrong.</summary>
internal static class ChangeDrills
{
    private static readonly string[] Api = ["api1", "api2", "api3"];
    private static readonly string[] Preloaded =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"];

    /// <summary>
    /// The next version's migration (a column and an index on the table of grades, in every cell) under load, while the version before
    /// serves; then one node after the other is drained and started anew.
    /// </summary>
    public static async Task Upgrade(Report report)
    {
        await using var field = await Field.Open("upgrade", report);
        await Forget(field);
        await field.Break("migrated every cell", Migrate);
        foreach (var name in Api.Append("worker1"))
        {
            await field.Fleet.Dev("stop", name);
            await field.Start(name);
        }

        await Field.Wait(3);
        await Forget(field);
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    /// <summary>Every message between the pooler and the database takes 100 ms each way.</summary>
    public static async Task Slow(Report report)
    {
        await using var field = await Field.Open("slow", report);
        var (near, far) = (field.Fleet.Ports + 541, field.Fleet.Ports + 991);
        await using (new DelayProxy(far, near, TimeSpan.FromMilliseconds(100)))
        {
            await field.Break("the database is 200 ms away", () => Repoint(field, near, far));
            await Field.Wait(20);
            await Repoint(field, far, near);
            field.Say($"far away: {field.Outcomes.Seen(field.Fault)}");
            await Field.Wait(5);
        }

        field.Say("near again");
        await Field.Wait(5);
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    /// <summary>
    /// Messages and calendars are served by a node of their own, which dies: the stand-in for any service that was split off. What is
    /// its own fails and says when to come back; nothing else does.
    /// </summary>
    public static async Task Service(Report report)
    {
        await using var apart = new Apart();
        await using var field = await Field.Open("service", report, apart.Begin);
        await field.Break("killed the node of messages", apart.Kill);
        await Field.Wait(20);
        field.Expect("other-services-failed", field.Outcomes.Failures(field.Fault).Count(o => o.Kind != "notices"), 0);
        field.Expect("its-own-not-refused", field.Outcomes.Failures(field.Fault).Any(o => o.Kind == "notices") ? 0 : 1, 0);
        await apart.Begin(field.Fleet, again: true);
        field.Say("started it again");
        await Field.Wait(12);
        field.Expect("still-failing", field.Outcomes.Failures(field.Now - 2).Count, 0);
        await field.Judge();
        await Apart.End(field.Fleet);
    }

    /// <summary>One api node's clock is five minutes ahead, of which nobody may notice anything.</summary>
    public static async Task Skew(Report report)
    {
        var library = Array.Find(Preloaded, File.Exists)
            ?? throw new InvalidOperationException("libfaketime is not installed: apt-get install --no-install-recommends faketime");
        await using var field = await Field.Open("skew", report);
        await field.Fleet.Dev("stop", "api2");
        await field.Break("api2 is five minutes ahead", () => Fleet.Dev(
            [("LD_PRELOAD", library), ("FAKETIME", "+5m"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("NO_FAKE_STAT", "1")], "start", "api2"));
        using (var answer = await field.Fleet.Http.GetAsync($"http://127.0.0.1:{field.Fleet.Ports + 102}/health/live"))
        {
            var ahead = answer.Headers.Date - TimeProvider.System.GetUtcNow();
            field.Say(string.Create(CultureInfo.InvariantCulture, $"its answers are dated {ahead?.TotalSeconds:0} s ahead"));
            field.Expect("not-ahead", ahead > TimeSpan.FromMinutes(4) ? 0 : 1, 0);
        }

        await Field.Wait(20);
        await field.Fleet.Dev("stop", "api2");
        await field.Start("api2");
        field.Expect("failed", field.Outcomes.Failures(field.Fault).Count, 0);
        await field.Judge();
    }

    private static async Task Migrate()
    {
        using var child = Process.Start(SelfProcess.With(MigrationDrill.Child))!;
        await child.WaitForExitAsync();
        if (child.ExitCode != 0) throw new InvalidOperationException("The migration failed.");
    }

    /// <summary>The drill's column is in no version of the product.</summary>
    private static async Task Forget(Field field)
    {
        foreach (var id in new[] { 1, 2 })
        {
            var database = await field.Fleet.DatabaseOf(id);
            var cells = (await Fleet.Value<string>(database, """
                SELECT COALESCE(string_agg(schema_name, ' '), '') FROM platform.applied_migrations WHERE migration_set = 'bench'
                """)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var cell in cells) await Fleet.Execute(database, $"ALTER TABLE {cell}.grades DROP COLUMN IF EXISTS bench_note");
            await Fleet.Execute(database, "DELETE FROM platform.applied_migrations WHERE migration_set = 'bench'");
        }
    }

    /// <summary>Points the pooler at another address of the database, as an operator would, by its file.</summary>
    private static async Task Repoint(Field field, int from, int to)
    {
        var file = Path.Combine(field.Fleet.Folder, "pgbouncer", "pgbouncer.ini");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, text.Replace($"port={from} ", $"port={to} ", StringComparison.Ordinal));
        using var told = Process.Start("kill", ["-HUP", field.Fleet.ProcessOf("pgbouncer")!.Id.ToString(CultureInfo.InvariantCulture)]);
        await told.WaitForExitAsync();
    }
}
