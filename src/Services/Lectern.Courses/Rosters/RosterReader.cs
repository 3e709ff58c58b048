using System.Collections.Frozen;

namespace Lectern.Courses.Rosters;

/// <summary>What an upload says, what is wrong with it, and what it was taken for.</summary>
internal sealed record RosterReading(RosterFormat Format, Roster Roster, RosterProblems Problems, int Rows);

/// <summary>
/// Reads an upload (a CSV, or a ZIP of them) into a roster. The stream must be seekable, so a temporary file and not the
/// request; rows stream by and only what they say is kept.
/// </summary>
internal sealed class RosterReader(RosterLimits limits, CancellationToken ct)
{
    internal static RosterReading Read(Stream content, string name, RosterLimits? limits = null, CancellationToken ct = default) =>
        new RosterReader(limits ?? RosterLimits.Default, ct).Read(content, name);

    internal Roster Roster { get; } = new();
    internal RosterProblems Problems { get; } = new();
    private int rows;

    private RosterReading Read(Stream content, string name)
    {
        using var archive = new RosterArchive(limits, Problems);
        var headers = archive.Open(content, name).Select(Header).OfType<RosterHeader>().ToList();
        var format = RosterFormat.Unknown;
        if (headers.Count > 0 && !Problems.Refuses)
        {
            format = OneRosterReader.Takes(headers) ? new OneRosterReader(this).Read(headers)
                : MoodleReader.Takes(headers) ? new MoodleReader(this).Read(headers)
                : new CanvasReader(this).Read(headers);
        }
        if (!Problems.Refuses && !Roster.Items.Any())
            Problems.Error(new RosterOrigin(name, 0), null, "roster_empty", "There is no row to import.");
        return new RosterReading(format, Roster, Problems, rows);
    }

    /// <summary>Reads every row of a file into a set; a row with a problem is left out and the next one is read.</summary>
    internal void Rows<T>(RosterHeader header, RosterSet<T> into, Func<RosterTable, T?> read, params ReadOnlySpan<string> required)
        where T : RosterItem
    {
        using var table = Open(header, required);
        while (table is not null && Next(table))
            if (read(table) is { } item && table.RowIsSound) into.Add(item, Problems);
    }

    internal RosterTable? Open(RosterHeader header, params ReadOnlySpan<string> required)
    {
        var table = RosterTable.Open(header.File, Problems);
        if (table is null || table.Require(required)) return table;
        table.Dispose();
        return null;
    }

    internal bool Next(RosterTable table)
    {
        if (!table.Next()) return false;
        if (++rows % 1024 == 0) ct.ThrowIfCancellationRequested();
        if (rows <= limits.Rows) return true;
        table.Error(null, "rows_too_many", $"One import can hold {limits.Rows:#,0} rows. Split it by term or by school.");
        return false;
    }

    internal void Ignored(RosterHeader header, string why) =>
        Problems.Warn(new RosterOrigin(header.File.Name, 0), null, "file_ignored", why);

    internal static FrozenDictionary<string, T> Words<T>(params IEnumerable<(string Word, T Meaning)> words) =>
        words.ToFrozenDictionary(pair => pair.Word, pair => pair.Meaning, StringComparer.OrdinalIgnoreCase);

    private RosterHeader? Header(RosterFile file)
    {
        using var table = RosterTable.Open(file, Problems);
        return table is null ? null : new RosterHeader(file, table.Columns.ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>A file and the names of its columns, which tell what it holds better than what somebody called it.</summary>
internal sealed record RosterHeader(RosterFile File, FrozenSet<string> Columns)
{
    internal bool Has(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (!Columns.Contains(column)) return false;
        return true;
    }

    internal bool HasAny(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
            if (Columns.Contains(column)) return true;
        return false;
    }
}
