using System.Globalization;

namespace Lectern.Grading.CodeRuns;

/// <summary>How many processes descend from one, and how much memory all of them have, as the kernel tells.</summary>
internal static class ProcessTree
{
    public static (int Count, long Megabytes) Of(int root)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Where(name => char.IsAsciiDigit(name[0])).Select(Look).OfType<Seen>().ToLookup(seen => seen.Parent);
        var (count, pages) = (0, 0L);
        var waiting = new Stack<int>([root]);
        while (waiting.TryPop(out var parent))
        {
            foreach (var child in all[parent])
            {
                count++;
                pages += child.Pages;
                waiting.Push(child.Id);
            }
        }

        return (count, pages * Environment.SystemPageSize >> 20);
    }

    private static Seen? Look(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // Its name stands in brackets and may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 22) return null;
            return new Seen(Number(id), Number(fields[1]), long.Parse(fields[21], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Seen(int Id, int Parent, long Pages);
}
