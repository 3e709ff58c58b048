using System.Text;
using Lectern.Contracts.Grading;
using Lectern.Grading.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lectern.Grading.CodeRuns;

/// <summary>
/// Runs programs by bubblewrap: in namespaces of their own without a network, with nothing of the machine but its programs to read, no
/// environment, no rights, and limits that the kernel and a watch keep. Without it no program is run at all.
/// </summary>
internal sealed class BubblewrapRunner(IOptions<GradingOptions> settings, TimeProvider clock, ILogger<BubblewrapRunner> log)
    : ICodeRunner, ICodeSandbox, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);
    private readonly GradingOptions options = settings.Value;
    private readonly SemaphoreSlim places = new(settings.Value.CodeRunsAtOnce);
    private readonly SemaphoreSlim trying = new(1);
    private string? fault = "not tried yet";
    private long triedAt;

    public IReadOnlyCollection<string> Languages =>
        [.. Commands.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    private Dictionary<string, string> Commands => options.CodeLanguages.Where(one => !string.IsNullOrWhiteSpace(one.Value))
        .ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase);

    public async Task<string?> WhyNot(string language, CancellationToken ct)
    {
        if (!Commands.TryGetValue(language, out var command)) return $"No command is configured for programs in {language}.";
        var program = command.Split(' ', 2)[0];
        return !File.Exists(Path.Combine("/usr/bin", program)) ? $"'{program}' is not installed in /usr/bin." : await WhyNot(ct);
    }

    public async Task<string?> WhyNot(CancellationToken ct)
    {
        await trying.WaitAsync(ct);
        try
        {
            // What works goes on working; what does not may have been mended.
            if (fault is null || (triedAt != 0 && clock.GetElapsedTime(triedAt) < TryAgainAfter)) return fault;
            triedAt = clock.GetTimestamp();
            fault = await Try(ct);
            if (fault is not null) log.LogWarning("Programs that learners hand in are not run, and wait for graders: {Why}", fault);
            return fault;
        }
        finally
        {
            trying.Release();
        }
    }

    public async Task<ProgramRun> Run(ProgramToRun program, CancellationToken ct)
    {
        if (await WhyNot(program.Language, ct) is { } why) throw new InvalidOperationException(why);
        await places.WaitAsync(ct);
        try
        {
            return await Run(program, Commands[program.Language], ct);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        places.Dispose();
        trying.Dispose();
    }

    private async Task<string?> Try(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux()) return "The sandbox needs Linux.";
        if (options.CodeSandbox.Length == 0) return "Lectern:Grading:CodeSandbox names no sandbox.";
        try
        {
            var run = await Run(new("", "", ""), "echo well", ct);
            return run is { End: RunEnd.Ended, Output: "well\n" }
                ? null
                : $"{options.CodeSandbox} does not work here ({run.End}): {run.Errors.Trim()}";
        }
        catch (InvalidOperationException fault)
        {
            return fault.Message;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"{options.CodeSandbox} cannot be started: {missing.Message}. Install the package bubblewrap.";
        }
    }

    private async Task<ProgramRun> Run(ProgramToRun program, string command, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("lectern-program-");
        try
        {
            var (filter, given) = (Path.Combine(folder.FullName, "filter"), folder.CreateSubdirectory("given"));
            await File.WriteAllBytesAsync(
                filter, CallFilter.OfThisMachine ?? throw new InvalidOperationException("The calls of this processor are not known."), ct);
            await Write(Path.Combine(given.FullName, "program"), program.Source, ct);
            foreach (var (name, text) in program.Files) await Write(Path.Combine(given.FullName, name), text, ct);
            // The program runs as nobody where the product is root, and as the product's own account elsewhere.
            if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
                foreach (var passed in new[] { folder, given }) File.SetUnixFileMode(passed.FullName, File.GetUnixFileMode(passed.FullName)
                    | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            return await new SandboxedProcess(options, Sandbox.Start(options, filter, given.FullName, command)).Run(program.Input, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Write(string path, string text, CancellationToken ct)
    {
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), ct);
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
    }
}
