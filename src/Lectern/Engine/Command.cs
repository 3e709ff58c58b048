using System.ComponentModel;
using System.Diagnostics;

namespace Lectern.Engine;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal static class Command
{
    internal readonly record struct Outcome(int ExitCode, string Output)
    {
        public bool Succeeded => ExitCode == 0;
    }

    internal static async Task<Outcome> Run(IReadOnlyList<string> words, string workingDirectory, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Describe(words, workingDirectory) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new Outcome(127, $"{words[0]}: {missing.Message}");
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        try
        {
            await process.WaitForExitAsync(ct);
            return new Outcome(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    internal static ProcessStartInfo Describe(IReadOnlyList<string> words, string workingDirectory)
    {
        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        // PGPORT, PGDATA and their like in the caller's shell mean another server and would silently redirect ours.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }
}
