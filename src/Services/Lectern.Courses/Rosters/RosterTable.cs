using CsvHelper;

namespace Lectern.Courses.Rosters;

/// <summary>
/// A CSV file row by row, with its columns by name. Cells are asked for with what they must be; what is wrong becomes a
/// problem at its line and column and makes the row unfit, and reading goes on, so that one upload shows everything.
/// </summary>
internal sealed class RosterTable : IDisposable
{
    internal const int IdLength = 255, CellLength = 1000;
    private const int RecordBytes = 1 << 20;
    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly CsvReader csv;
    private readonly RosterProblems problems;
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
    private int width;
    private CsvMalformedReason? malformed;

    private RosterTable(RosterFile file, RosterProblems problems)
    {
        (File, this.problems) = (file.Name, problems);
        var text = new RosterText(file.Open());
        csv = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = Separator(text.PeekLine()),
            HasHeader = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = RecordBytes,
            OnMalformedRecord = record => malformed = record.Reason,
        });
    }

    internal string File { get; }
    internal int Line { get; private set; }
    internal bool RowIsSound { get; private set; }
    internal RosterOrigin Origin => new(File, Line);
    internal IReadOnlyCollection<string> Columns => columns.Keys;

    /// <summary>The table with its header read, or null with a problem.</summary>
    internal static RosterTable? Open(RosterFile file, RosterProblems problems)
    {
        RosterTable? table = null;
        try
        {
            table = new RosterTable(file, problems);
            if (table.ReadHeader()) return table;
        }
        catch (Exception stop) when (Stops(stop))
        {
            Report(file.Name, stop, problems);
        }
        table?.Dispose();
        return null;
    }

    internal bool Has(string column) => columns.ContainsKey(column);

    internal bool Require(params ReadOnlySpan<string> required)
    {
        var complete = true;
        foreach (var column in required)
        {
            if (Has(column)) continue;
            complete = false;
            problems.Error(new RosterOrigin(File, 1), column, "column_missing",
                $"The column {column} is missing. The first line has: {string.Join(", ", columns.Keys)}.");
        }
        return complete;
    }

    /// <summary>Moves to the next row that has anything in it.</summary>
    internal bool Next()
    {
        try
        {
            while (Advance())
                if (!RowIsBlank() && QuotesAreSound() && FitsHeader()) return true;
        }
        catch (Exception stop) when (Stops(stop))
        {
            Report(File, stop, problems);
        }
        return false;
    }

    /// <summary>The trimmed cell, or null when it is empty or the column is absent.</summary>
    internal string? Text(string column, int length = CellLength)
    {
        if (!columns.TryGetValue(column, out var index) || index >= csv.FieldCount) return null;
        var value = csv.GetString(index).Trim();
        if (value.Length == 0) return null;
        if (value.Length <= length) return value;
        Error(column, "value_long", $"The value has {value.Length} characters; at most {length} are kept.");
        return null;
    }

    internal string? OptionalId(string column)
    {
        var value = Text(column, IdLength);
        if (value is null || !value.AsSpan().ContainsAnyInRange('\0', '\u001f')) return value;
        Error(column, "value_invalid", "The id holds an invisible control character or a line break.");
        return null;
    }

    /// <summary>Never null, so that callers read on; an empty id has made the row unfit.</summary>
    internal string Id(string column) => OptionalId(column) ?? Missing(column);

    internal string Missing(string column)
    {
        // A cell that holds something has already been refused for what it holds.
        var refused = columns.TryGetValue(column, out var index) && !csv.GetSpan(index).Trim(" \t"u8).IsEmpty;
        if (!refused) Error(column, "value_required", $"{column} is empty, and every row needs one.");
        return "";
    }

    internal DateTimeOffset? Instant(string column)
    {
        if (Text(column) is not { } value) return null;
        if (RosterDate.TryParse(value, out var instant)) return instant;
        Error(column, "date_invalid", $"“{Short(value)}” is not a date. Write it as 2027-01-31 or 2027-01-31T08:00:00Z.");
        return null;
    }

    internal string? Email(string column)
    {
        if (Text(column) is not { } value) return null;
        if (RosterEmail.IsValid(value)) return value;
        Error(column, "email_invalid", $"“{Short(value)}” is not an e-mail address.");
        return null;
    }

    /// <summary>The value that stands for a word in the file, such as a role or a status.</summary>
    internal T Word<T>(string column, string code, IReadOnlyDictionary<string, T> words, T? whenEmpty = null) where T : struct
    {
        if (Text(column) is not { } value)
        {
            if (whenEmpty is null) Missing(column);
            return whenEmpty.GetValueOrDefault();
        }
        if (words.TryGetValue(value, out var meaning)) return meaning;
        Error(column, code, $"“{Short(value)}” is not known here. It can be: {string.Join(", ", words.Keys)}.");
        return default;
    }

    internal void InOrder(DateTimeOffset? starts, DateTimeOffset? ends, string column)
    {
        if (starts > ends) Error(column, "dates_reversed", "It ends before it starts.");
    }

    internal void Error(string? column, string code, string message)
    {
        RowIsSound = false;
        problems.Error(Origin, column, code, message);
    }

    internal void Warn(string? column, string code, string message) => problems.Warn(Origin, column, code, message);

    public void Dispose() => csv.Dispose();

    private bool ReadHeader()
    {
        if (!Advance() || RowIsBlank())
        {
            problems.Error(new RosterOrigin(File, 1), null, "file_empty", "The first line must name the columns, and it is empty.");
            return false;
        }
        var sound = QuotesAreSound();
        width = csv.FieldCount;
        for (var index = 0; index < width; index++)
        {
            var name = csv.GetString(index).Trim();
            if (name.Length == 0 || columns.TryAdd(name, index)) continue;
            problems.Error(Origin, name, "column_repeated", $"The column {name} is there twice, so it is not clear which one is meant.");
            sound = false;
        }
        return sound;
    }

    private bool Advance()
    {
        malformed = null;
        if (!csv.Read()) return false;
        Line = (int)csv.LineNumber;
        RowIsSound = true;
        return true;
    }

    // Spreadsheets save emptied rows as rows of separators.
    private bool RowIsBlank()
    {
        for (var index = 0; index < csv.FieldCount; index++)
            if (csv.GetSpan(index).ContainsAnyExcept((byte)' ', (byte)'\t')) return false;
        return malformed is null;
    }

    private bool QuotesAreSound()
    {
        if (malformed is not { } reason) return true;
        Error(null, "quote_malformed", reason switch
        {
            CsvMalformedReason.UnterminatedQuote =>
                "A quotation mark opens here and is never closed, so the rest of the file cannot be read.",
            CsvMalformedReason.TextAfterClosingQuote =>
                "There is text after a closing quotation mark. Double the quotation marks inside a quoted value.",
            _ => "A quotation mark stands inside an unquoted value. Put the value in quotes and double the quotation marks within.",
        });
        return false;
    }

    // Cells at the end may be left away, as spreadsheets do; cells too many mean that a comma split a value.
    private bool FitsHeader()
    {
        for (var index = width; index < csv.FieldCount; index++)
        {
            if (csv.GetSpan(index).IsEmpty) continue;
            Error(null, "fields_extra",
                $"The row has {csv.FieldCount} values and the first line {width} columns. A value that holds a comma must be in quotes.");
            return false;
        }
        return true;
    }

    // The library's guess looks at the rows, whose texts hold semicolons of their own; the names of columns never do.
    private static char? Separator(string header) =>
        header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? null
            : Separators.MaxBy(separator => header.AsSpan().Count(separator));

    private static bool Stops(Exception exception) =>
        exception is RosterUnreadableException or InvalidDataException or CsvFormatException;

    private static void Report(string file, Exception stop, RosterProblems problems)
    {
        var (line, code, message) = stop switch
        {
            RosterUnreadableException unreadable => (unreadable.Line, unreadable.Code, unreadable.Message),
            CsvFormatException format => ((int)format.LineNumber, "quote_malformed",
                "A row that starts here is longer than a megabyte, so a quotation mark is probably not closed. " +
                "The rest of the file cannot be read."),
            _ => (0, "zip_damaged", "The file inside the ZIP is damaged or incomplete. Make the ZIP again and upload it once more."),
        };
        problems.Error(new RosterOrigin(file, line), null, code, message);
    }

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";
}
