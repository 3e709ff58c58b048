using System.Diagnostics;

namespace Lectern.Bench.Harness;

/// <summary>The bench once more, as a process of its own that is told what to be by its first word.</summary>
internal static class SelfProcess
{
    public static ProcessStartInfo With(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { typeof(SelfProcess).Assembly.Location } };
        foreach (var word in words) start.ArgumentList.Add(word);
        return start;
    }
}
