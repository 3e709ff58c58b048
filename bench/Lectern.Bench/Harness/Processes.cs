using System.Globalization;

namespace Lectern.Bench.Harness;

/// <summary>What the kernel says of a process. The benches run on Linux only, because of this file.</summary>
internal static class Processes
{
    // USER_HZ: what the kernel counts processor time in for /proc, fixed at 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Memory of its own, in MiB: what is neither a file's nor shared (PostgreSQL's buffers are shared).</summary>
    public static double OwnMemory(int pid) => Field(pid, "RssAnon:") / 1024;

    /// <summary>All memory it has in use, in MiB, files and shared pages included.</summary>
    public static double Memory(int pid) => Field(pid, "VmRSS:") / 1024;

    /// <summary>Processor milliseconds used so far, user and kernel, of a process and of its children that have ended.</summary>
    public static double CpuMilliseconds(int pid)
    {
        try
        {
            // The name in brackets may hold anything, so count from the last bracket.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond * 1000;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return 0;
        }
    }

    /// <summary>How much more (below 0) or less of the processors this process group gets than others; 0 when nobody changed it.</summary>
    public static int Niceness()
    {
        var group = File.Exists("/proc/self/autogroup") ? File.ReadAllText("/proc/self/autogroup") : "nice 0";
        return int.Parse(group.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>A process and everything below it.</summary>
    public static List<int> Family(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)) continue;
            if (Parent(pid) is { } parent) parents[pid] = parent;
        }

        var family = new List<int> { root };
        for (var i = 0; i < family.Count; i++) family.AddRange(parents.Where(pair => pair.Value == family[i]).Select(pair => pair.Key));
        return family;
    }

    /// <summary>Processor milliseconds of a process, its living descendants and its ended ones.</summary>
    public static double FamilyCpuMilliseconds(int root) => Family(root).Sum(CpuMilliseconds);

    private static int? Parent(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    private static double Field(int pid, string name) =>
        double.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
