using System.Diagnostics;
using System.Globalization;

namespace Lectern.Bench.Harness;

/// <summary>
/// One measured number beside its floor (the least this could cost here, measured in the same run) and its goal.
/// Less is better unless <paramref name="MoreIsBetter"/>.
/// </summary>
internal sealed record Figure(string Name, double Value, double? Floor = null, double? Goal = null, bool MoreIsBetter = false)
{
    public bool? Met => Goal is { } goal ? (MoreIsBetter ? Value >= goal : Value <= goal) : null;

    public string Line(string bench)
    {
        var ratio = Floor is { } floor && floor != 0 ? Number(Value / floor) : "-";
        var met = Met is { } known ? (known ? "yes" : "no") : "-";
        return $"{bench}/{Name}: value={Number(Value)} floor={Number(Floor)} ratio={ratio} goal={Number(Goal)} met={met}";
    }

    private static string Number(double? value) => value is not { } known
        ? "-"
        : Math.Abs(known) >= 100 ? known.ToString("0", CultureInfo.InvariantCulture) : known.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>What a bench has to say: how it went while it runs, its figures at the end, and the file they are kept in.</summary>
internal sealed class Report(string bench, int part, Kept? kept = null)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<string> facts = [];
    private readonly List<string> notes = [];
    private readonly List<Figure> figures = [];
    private string? last;

    /// <summary>A count at full size, or the part of it that is run.</summary>
    public int Sized(int full) => Math.Max(1, full / part);

    /// <summary>Where what is slow to make is kept between runs; null when each run makes its own.</summary>
    public Kept? Kept => kept;

    public IReadOnlyList<string> Notes => notes;

    /// <summary>Whether no goal was missed.</summary>
    public bool Met => figures.TrueForAll(figure => figure.Met is not false);

    /// <summary>Says how far the bench has come; not kept.</summary>
    public void Progress(string says) => Console.WriteLine($"[{clock.Elapsed.TotalSeconds,6:0.0} s] {says}");

    /// <summary>A line about the machine or the settings, kept above the figures.</summary>
    public void Fact(string says) => facts.Add(says);

    /// <summary>Something measured that has no goal, or how a figure came about; kept.</summary>
    public void Note(string says)
    {
        notes.Add(says);
        Progress(says);
    }

    public void Add(Figure figure)
    {
        figures.Add(figure);
        Progress(figure.Line(bench));
    }

    /// <summary>A line of its own form that comes after all figures, as drills end with.</summary>
    public void Close(string line) => last = line;

    public async Task Finish(bool record)
    {
        var lines = figures.ConvertAll(figure => figure.Line(bench));
        if (last is not null) lines.Add(last);
        if (record)
        {
            var folder = Path.Combine(Repository.Root, "bench", "results");
            Directory.CreateDirectory(folder);
            // What a part of the size showed never takes the place of a whole result.
            var name = part == 1 ? bench : string.Create(CultureInfo.InvariantCulture, $"{bench}-part-of-{part}");
            var text = string.Join('\n', [.. facts, string.Empty, .. notes, string.Empty, .. lines]) + "\n";
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.txt"), text);
        }

        Console.WriteLine($"\n{bench} took {clock.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
        foreach (var line in lines) Console.WriteLine(line);
    }
}

/// <summary>The source tree this runs from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Lectern.slnx"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The bench must run from the source tree."));
}
