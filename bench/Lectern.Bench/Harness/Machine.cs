using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Lectern.Bench.Harness;

/// <summary>What a result is worth depends on where it was measured; this says where, without naming the machine.</summary>
internal static class Machine
{
    private static readonly string[] Settings =
    [
        "server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers", "max_connections", "jit",
        "autovacuum",
    ];

    public static async Task Describe(Report report, NpgsqlDataSource database)
    {
        report.Fact(string.Create(CultureInfo.InvariantCulture, $"date: {TimeProvider.System.GetUtcNow():yyyy-MM-dd}"));
        report.Fact($"machine: {Environment.ProcessorCount} cores ({Processor()}), {Memory()} memory, "
            + $"{RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version}");
        report.Fact(FormattableString.Invariant($"load before: {Load():0.0} (processes that wanted to run, mean of the last minute)"));
        if (Processes.Niceness() is var nice and not 0)
            report.Fact($"priority: nice {nice} for what is measured, because the machine was busy with other work");
        var values = new List<string>();
        foreach (var name in Settings)
        {
            await using var command = database.CreateCommand("SELECT current_setting($1)");
            command.Parameters.AddWithValue(name);
            values.Add($"{name}={await command.ExecuteScalarAsync()}");
        }

        report.Fact($"postgresql: {string.Join(" ", values)}");
    }

    private static string Processor() => Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0} GiB");
    }

    private static double Load() =>
        File.Exists("/proc/loadavg")
            ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
            : double.NaN;

    private static string? Line(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
