using System.Diagnostics;
using Lectern.Bench.Harness;
using Lectern.Hosting;
using Lectern.Platform;
using Lectern.Platform.Data;
using Lectern.Platform.Migrations;
using Lectern.Platform.Tenancy;

namespace Lectern.Bench.Tenants;

/// <summary>
/// One migration over every cell, by a process of its own that is killed twice on the way. What is there after each kill must be
/// whole: a cell has the column, the index and the record of it, or none of the three.
/// </summary>
internal static class MigrationDrill
{
    public const string Child = "--migrate-as-child";
    private const string Set = "bench";
    private const string Table = "grades";

    private static readonly Migration Step = new(
        Set, 1, "0001_note",
        $"ALTER TABLE {Table} ADD COLUMN bench_note text; CREATE INDEX {Table}_by_bench_note ON {Table} (tenant_id, bench_note);",
        "1");

    public static async Task Run(Report report, Scratch scratch)
    {
        var cells = (int)await scratch.Value<long>("SELECT count(*) FROM platform.cells");
        var spent = TimeSpan.Zero;
        foreach (var part in new[] { 0.33, 0.67 })
        {
            spent += await MigrateUntil(scratch, (int)(cells * part));
            report.Note(await State(scratch, cells, FormattableString.Invariant($"killed after {spent.TotalSeconds:0.0} s of work")));
        }

        var resumed = Stopwatch.StartNew();
        var first = FirstRecord(scratch, resumed);
        spent += await MigrateUntil(scratch, int.MaxValue);
        report.Note(await State(scratch, cells, $"resumed to the end (the first cell {await first} ms after the restart)"));
        report.Add(new Figure("migration-all-cells-s", spent.TotalSeconds));
        report.Add(new Figure("migration-cells-missing-or-half", cells - await Whole(scratch), Goal: 0));
    }

    /// <summary>The process that migrates: it is given the database by its environment.</summary>
    public static async Task<int> MigrateAsChild()
    {
        var options = Settings.Read();
        var product = new Product(Lectern.Program.Services);
        await using var app = Scratch.Build(options);
        var services = app.Services;
        await services.GetRequiredService<TenantDirectory>().LoadDatabases(default);
        var plan = product.Migrations with { Cell = [.. product.Migrations.Cell, new MigrationSet(Set, [Step])] };
        var installation = ActivatorUtilities.CreateInstance<Installation>(services, plan, options);
        var report = await installation.MigrateCells(new MigrationRun(Parallel: 2), default);
        foreach (var (cell, error) in report.Failed) Console.Error.WriteLine($"{cell}: {error}");
        return report.Failed.Count == 0 ? 0 : 1;
    }

    private static async Task<TimeSpan> MigrateUntil(Scratch scratch, int cells)
    {
        var start = SelfProcess.With(Child);
        start.Environment["LECTERN_POSTGRES"] = scratch.Options.Postgres;
        start.Environment["LECTERN_SECRET"] = scratch.Options.Secret;
        start.Environment["LECTERN_DATA"] = scratch.Options.DataFolder;
        var watch = Stopwatch.StartNew();
        using var child = Process.Start(start)!;
        while (!child.HasExited && await Recorded(scratch) < cells) await Task.Delay(20);
        if (!child.HasExited) child.Kill();
        await child.WaitForExitAsync();
        watch.Stop();
        if (cells == int.MaxValue && child.ExitCode != 0) throw new InvalidOperationException("The migration failed.");
        // What the killed process had asked for is still being done until the server notices that nobody waits for it.
        const string Busy = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lectern-admin' AND state <> 'idle'";
        while (await scratch.Value<long>(Busy) > 0) await Task.Delay(20);
        return watch.Elapsed;
    }

    private static async Task<long> FirstRecord(Scratch scratch, Stopwatch since)
    {
        var before = await Recorded(scratch);
        while (await Recorded(scratch) == before) await Task.Delay(20);
        return since.ElapsedMilliseconds;
    }

    private static async Task<string> State(Scratch scratch, int cells, string when)
    {
        var (recorded, whole) = (await Recorded(scratch), await Whole(scratch));
        if (recorded != whole) throw new InvalidOperationException($"{recorded} cells are recorded as migrated, {whole} are.");
        return $"migration of {cells} cells {when}: {recorded} done and recorded, none in between";
    }

    private static Task<long> Recorded(Scratch scratch) =>
        scratch.Value<long>($"SELECT count(*) FROM platform.applied_migrations WHERE migration_set = '{Set}'");

    /// <summary>Cells that have column, valid index and record, once each.</summary>
    private static async Task<int> Whole(Scratch scratch) => (int)await scratch.Value<long>($"""
        SELECT count(*) FROM platform.cells c JOIN pg_namespace n ON n.nspname = c.schema_name
        WHERE EXISTS (SELECT FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
                      WHERE t.relnamespace = n.oid AND t.relname = '{Table}' AND a.attname = 'bench_note')
          AND EXISTS (SELECT FROM pg_class i JOIN pg_index x ON x.indexrelid = i.oid
                      WHERE i.relnamespace = n.oid AND i.relname = '{Table}_by_bench_note' AND x.indisvalid)
          AND EXISTS (SELECT FROM platform.applied_migrations m WHERE m.schema_name = c.schema_name AND m.migration_set = '{Set}')
        """);
}
