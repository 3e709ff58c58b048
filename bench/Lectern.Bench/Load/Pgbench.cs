using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Bench.Harness;
using Lectern.Platform.Tenancy;
using Npgsql;

namespace Lectern.Bench.Load;

/// <summary>PostgreSQL's own bench sending the product's statements, prepared, by two clients as fast as they are answered.</summary>
internal sealed partial class Pgbench(Scratch scratch, Tenant tenant)
{
    public static string? Program { get; } =
        new[] { "/usr/bin/pgbench", "/usr/lib/postgresql/15/bin/pgbench", "/usr/local/bin/pgbench" }.FirstOrDefault(File.Exists);

    /// <summary>Processor milliseconds of the database for one request's statements.</summary>
    public async Task<double> CpuEach(IReadOnlyList<(Statements Statements, int Share)> mix, TimeSpan time)
    {
        var folder = Directory.CreateDirectory(Scratch.Temporary()).FullName;
        try
        {
            var words = new List<string> { "-n", "-M", "prepared", "-c", "2", "-j", "1", "-T", Number(time.TotalSeconds) };
            for (var i = 0; i < mix.Count; i++)
            {
                var file = Path.Combine(folder, $"{i}.sql");
                // Every script's variables are there for all of them, so each has names of its own.
                await File.WriteAllTextAsync(file, Own(mix[i].Statements.Script, i));
                words.AddRange(["-f", $"{file}@{mix[i].Share}"]);
                foreach (var (name, value) in mix[i].Statements.Values) words.AddRange(["-D", $"{name}_{i}={value}"]);
            }

            var before = Processes.FamilyCpuMilliseconds(scratch.PostmasterPid);
            var text = await Run(words);
            var used = Processes.FamilyCpuMilliseconds(scratch.PostmasterPid) - before;
            return used / double.Parse(Processed().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Own(string script, int number) => Variable().Replace(script, name => $"{name.Value}_{number}");

    private async Task<string> Run(IEnumerable<string> words)
    {
        var place = new NpgsqlConnectionStringBuilder(scratch.Options.Postgres);
        var start = new ProcessStartInfo(Program!, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[]
        {
            ("PGHOST", place.Host), ("PGPORT", Number(place.Port)), ("PGUSER", place.Username), ("PGPASSWORD", place.Password),
            ("PGDATABASE", place.Database), ("PGOPTIONS", $"-c role={tenant.Cell.Role} -c search_path={tenant.Cell.Schema}"),
        }) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"pgbench: {await failed}");
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"transactions actually processed: (\d+)")]
    private static partial Regex Processed();

    [GeneratedRegex(@":p\d+_\d+")]
    private static partial Regex Variable();
}
