using System.Diagnostics;

namespace Lectern.Bench.Harness;

/// <summary>
/// Where something that is slow to make is left, and what was measured while it was made. It is measured on a copy, so that every run
/// finds it as it was made.
/// </summary>
internal sealed record Kept(string Folder, bool IsMade)
{
    private string Said => Path.Combine(Folder, "made.txt");

    /// <summary><c>--make DIR</c>: make it and stop. <c>--use DIR</c>: measure what was made there.</summary>
    public static Kept? From(string[] args)
    {
        foreach (var (word, made) in new[] { ("--make", false), ("--use", true) })
        {
            if (Array.IndexOf(args, word) is var at and >= 0 && at + 1 < args.Length) return new Kept(Path.GetFullPath(args[at + 1]), made);
        }

        return null;
    }

    /// <summary>The folder to work in: the kept one while it is made, else a copy of it.</summary>
    public async Task<string> Place(string name)
    {
        var own = Path.Combine(Folder, name);
        if (!IsMade)
        {
            Directory.CreateDirectory(own);
            return own;
        }

        if (!File.Exists(Said)) throw new InvalidOperationException($"Nothing has been made in {Folder}: --make {Folder} makes it.");
        var copy = Scratch.Temporary();
        using var copying = Process.Start("cp", ["-a", "--reflink=auto", own, copy]);
        await copying.WaitForExitAsync();
        if (copying.ExitCode != 0) throw new InvalidOperationException($"{own} cannot be copied.");
        return copy;
    }

    /// <summary>What was said while it was made becomes part of every report on it.</summary>
    public Task Finish(IEnumerable<string> notes) => File.WriteAllLinesAsync(Said, notes);

    public Task<string[]> Notes() => File.ReadAllLinesAsync(Said);
}
