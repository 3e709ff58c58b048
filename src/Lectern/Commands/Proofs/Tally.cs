using System.Collections.Concurrent;

namespace Lectern.Commands.Proofs;

/// <summary>Counts what a proof tried and remembers what should not have worked.</summary>
internal sealed class Tally
{
    private readonly ConcurrentQueue<string> failures = new();
    private long attempts;

    public long Attempts => Interlocked.Read(ref attempts);

    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>One attempt: a sentence when something got through, null when it was refused as it should be.</summary>
    public void Count(string? gotThrough)
    {
        Interlocked.Increment(ref attempts);
        if (gotThrough is not null) failures.Enqueue(gotThrough);
    }

    public void Count(long untroubled) => Interlocked.Add(ref attempts, untroubled);

    /// <summary>Prints the failures and the line by which scripts read the verdict; answers the exit code.</summary>
    public int Report(string name)
    {
        foreach (var failure in failures.Take(50)) Console.WriteLine($"  {failure}");
        if (failures.Count > 50) Console.WriteLine($"  … and {failures.Count - 50} more");
        Console.WriteLine($"{name}: {Attempts} attempts, {failures.Count} failures");
        return failures.IsEmpty ? 0 : 1;
    }
}
