using System.Text;
using CsvHelper;

namespace Lectern.Grading.Sheets;

/// <summary>
/// Separated values: UTF-8, or UTF-16 with a byte order mark; commas, semicolons or tabs, whichever the first line has most of.
/// </summary>
internal static class CsvRows
{
    private const int RecordBytes = 1 << 20;
    private static readonly char[] Separators = [',', ';', '\t'];

    public static IEnumerable<SheetRow> Read(Stream content, SheetLimits limits)
    {
        var separator = SeparatorOf(content);
        CsvMalformedReason? malformed = null;
        using var csv = CsvReader.Create(TextOf(content), new CsvReaderOptions
        {
            Separator = separator, HasHeader = false, TrackLineNumbers = true, PoolStrings = true, MaxRecordSize = RecordBytes,
            OnMalformedRecord = record => malformed = record.Reason,
        });
        var rows = 0;
        while (Guarded(csv.Read))
        {
            var line = (int)csv.LineNumber;
            if (malformed is not null)
                throw new SheetUnreadableException(
                    "quote_malformed", $"A quotation mark on line {line} is not closed or stands inside a value. Save the file anew.");
            SheetRows.CheckRow(line, csv.FieldCount, ++rows, limits);
            var cells = new string[csv.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = SheetRows.Checked(FormulaGuard.Unguard(csv.GetString(i).Trim()), line, limits);
            yield return new SheetRow(line, cells);
        }
    }

    private static char? SeparatorOf(Stream content)
    {
        using var text = TextOf(content, leaveOpen: true);
        var header = Guarded(text.ReadLine) ?? string.Empty;
        content.Position = 0;
        // Excel's own way to say which one it is.
        if (header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) return null;
        var bare = Bare(header);
        return Separators.MaxBy(separator => bare.AsSpan().Count(separator));
    }

    /// <summary>A line without what stands in quotes, where separators are text.</summary>
    private static string Bare(string line)
    {
        var bare = new StringBuilder(line.Length);
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (!quoted) bare.Append(letter);
        }

        return bare.ToString();
    }

    // A guessed encoding would turn José into JosÃ©, and a learner into nobody.
    private static StreamReader TextOf(Stream content, bool leaveOpen = false) =>
        new(content, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen);

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException)
        {
            throw new SheetUnreadableException(
                "encoding_invalid", "This file is not UTF-8 text. Save it as “CSV UTF-8” or as an Excel workbook and send it again.");
        }
        catch (CsvFormatException)
        {
            throw new SheetUnreadableException(
                "quote_malformed", "A line is longer than a megabyte, so a quotation mark is probably not closed. Save the file anew.");
        }
    }
}
