using System.Diagnostics;
using System.Globalization;
using Lectern.Bench.Harness;

namespace Lectern.Bench.Drills.Regions;

/// <summary>
/// `lectern failover` in a process of its own. Its commands leave marks in a folder, and the drill does what they ask for, as an operator's
/// platform would: starts nodes, leads names to them.
/// </summary>
internal sealed class FailoverCommand(Report report, RegionSite site, string folder, string names)
{
    private readonly TaskCompletionSource speaks = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It has said something: a watch, that the other site answers.</summary>
    public Task Speaks => speaks.Task;

    private string Asked => Path.Combine(folder, $"start-{site.Name}");

    /// <param name="hook">What the start command does besides, first.</param>
    /// <param name="words">What else the command is told.</param>
    public async Task<int> Run(string hook, params string[] words)
    {
        var start = $"{hook}touch {Asked}; while [ ! -e {Asked}.done ]; do sleep 0.1; done";
        var dns = $"cat {Asked}.done > {names}";
        using var process = site.Command(["failover", .. words, "--start", start, "--dns", dns, "--nodes", "2"]);
        var (output, errors) = (Tell(process.StandardOutput), Tell(process.StandardError));
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted && !File.Exists(Asked)) await Task.WhenAny(ended, Task.Delay(100));
        if (File.Exists(Asked) && !File.Exists(Asked + ".done"))
        {
            await site.StartNodes();
            // All of it or nothing, for somebody waits for the file.
            await File.WriteAllTextAsync(Asked + ".new", site.Addresses);
            File.Move(Asked + ".new", Asked + ".done");
        }

        await ended;
        await Task.WhenAll(output, errors);
        return process.ExitCode;
    }

    private async Task Tell(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            speaks.TrySetResult();
            report.Note(string.Create(CultureInfo.InvariantCulture, $"failover of {site.Name}: {line}"));
        }
    }
}
