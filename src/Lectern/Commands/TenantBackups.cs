using System.Globalization;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands;

/// <summary>Backs one institution up, and makes a new one out of a backup.</summary>
internal static class TenantBackups
{
    public static async Task<int> Backup(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var tenant = await Tenants.Named(installed, arguments, ct);
        var path = arguments.Of("to") ?? throw new ArgumentException("--to FILE or --to FOLDER is missing.");
        if (Directory.Exists(path))
        {
            var now = installed.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            path = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{tenant.Slug}-{now:yyyyMMdd-HHmmss}.backup"));
        }

        BackupManifest manifest;
        await using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.ReadWrite))
        {
            manifest = await installed.Services.GetRequiredService<TenantBackup>().Write(tenant, file, ct);
            file.Flush(flushToDisk: true);
        }

        // Whole or not at all: a file cut short must not look like a backup.
        File.Move(path + ".part", path, overwrite: true);
        foreach (var table in manifest.Tables.Where(table => table.Rows > 0))
            Console.WriteLine($"  {table.Name,-32} {table.Rows,9} rows  checksum {table.Checksum}");
        Console.WriteLine(
            $"{tenant.Slug}: {manifest.Tables.Sum(table => table.Rows)} rows, {manifest.Files.Count} files, "
            + $"{Waiting(manifest.Work!.Select(work => (work.Name, work.Rows)))} in {path}");
        return 0;
    }

    public static async Task<int> Restore(Installed installed, Arguments arguments, CancellationToken ct)
    {
        var path = arguments.Need(1, "The backup's file");
        var wanted = new NewTenant(
            arguments.Of("slug")!, arguments.Of("name") ?? string.Empty, Tenants.PlacementOf(arguments.Of("placement") ?? "pooled"),
            Region: arguments.Of("region"))
        {
            Cluster = arguments.Of("cluster"), Tier = Shards.TierOf(arguments.Of("tier")), Shard = arguments.Of("shard"),
        };
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        var report = await installed.Services.GetRequiredService<TenantRestore>().Restore(file, wanted, ct);
        foreach (var table in report.Tables.Where(table => table.Rows > 0))
            Console.WriteLine($"  {table.Table,-32} {table.Rows,9} rows  checksum {table.Checksum}");
        Console.WriteLine(
            $"{wanted.Slug}: {report.Tables.Sum(table => table.Rows)} rows, {report.Files} files, "
            + $"{Waiting(report.Work.Select(work => (work.Table, work.Rows)))}, all as they were. "
            + "People sign in anew; the audit log's chain begins again with an entry that says why.");
        foreach (var feature in report.Held) Console.WriteLine(
            $"The first institution goes on and sends its own, so {feature} is off here. When {wanted.Slug} takes over: "
            + $"lectern features on {feature} --tenant {wanted.Slug}");
        return 0;
    }

    private static string Waiting(IEnumerable<(string Name, long Rows)> work)
    {
        var rows = work.ToDictionary(one => one.Name, one => one.Rows);
        return $"{rows.GetValueOrDefault("jobs")} waiting jobs and {rows.GetValueOrDefault("outbox")} events to be told";
    }
}
