using Lectern.Hosting;
using Lectern.Platform.Migrations;

namespace Lectern.Commands;

/// <summary>Brings the catalogue, every database and every cell up to the program's version. May be killed and run again.</summary>
internal static class Migrate
{
    public static async Task<int> Run(Product product, Arguments arguments)
    {
        await using var installed = await Installed.Open(
            product, ServePart.None, migrate: true, CancellationToken.None, newSecret: arguments.Has("new-secret"));
        var run = new MigrationRun(int.Parse(arguments.Of("parallel") ?? "2", System.Globalization.CultureInfo.InvariantCulture));
        var report = await installed.Services.GetRequiredService<Installation>().MigrateCells(run, CancellationToken.None);
        foreach (var (cell, error) in report.Failed) Console.Error.WriteLine($"{cell}: {error}");
        Console.WriteLine($"migrate: {report.Migrated} cells brought up to date, {report.Failed.Count} failed");
        return report.Failed.Count == 0 ? 0 : 1;
    }
}
