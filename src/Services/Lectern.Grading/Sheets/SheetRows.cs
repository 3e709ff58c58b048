namespace Lectern.Grading.Sheets;

/// <summary>One line of a table that came in.</summary>
internal readonly record struct SheetRow(int Line, IReadOnlyList<string> Cells);

/// <summary>What a table that comes in may cost. The largest real ones are a hundredth of it.</summary>
internal sealed record SheetLimits
{
    public static SheetLimits Default { get; } = new();

    /// <summary>Bytes as sent. A course of 10,000 learners × 50 assignments is some 8 MB.</summary>
    public long FileBytes { get; init; } = 32L << 20;

    /// <summary>Bytes of a workbook's parts unpacked, counted as they are read: a ZIP says of itself what its maker wants.</summary>
    public long UnpackedBytes { get; init; } = 96L << 20;

    /// <summary>Characters of a workbook's table of texts, which has to be kept while its sheet is read.</summary>
    public long TextLength { get; init; } = 16L << 20;

    /// <summary>How many texts that table may have: an empty one costs too.</summary>
    public int Texts { get; init; } = 1_000_000;

    public int Parts { get; init; } = 1_000;

    public int Rows { get; init; } = 50_000;

    public int Columns { get; init; } = 2_000;

    public int CellLength { get; init; } = 32_767;
}

/// <summary>The file cannot be read as a table; its message says why, to the person who sent it.</summary>
internal sealed class SheetUnreadableException(string code, string message) : Exception(message)
{
    public string Code => code;
}

/// <summary>Reads a table line by line, from a workbook or from separated values: what it is, its first bytes say.</summary>
internal static class SheetRows
{
    public static IEnumerable<SheetRow> Read(Stream content, SheetLimits limits)
    {
        if (content.Length == 0) throw new SheetUnreadableException("file_empty", "The file is empty.");
        if (content.Length > limits.FileBytes)
            throw new SheetUnreadableException("file_too_large", $"A sheet of grades may have at most {limits.FileBytes >> 20} MiB.");
        var start = new byte[8];
        content.Position = 0;
        var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = 0;
        if (start.AsSpan(0, read).StartsWith("PK"u8)) return XlsxRows.Read(content, limits);
        if (start.AsSpan(0, read).SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            throw new SheetUnreadableException(
                "sheet_old", "This is a workbook of the old kind, or one with a password. Save it as .xlsx without a password.");
        return CsvRows.Read(content, limits);
    }

    /// <summary>A cell that is longer than any spreadsheet allows is no cell of a spreadsheet.</summary>
    public static string Checked(string cell, int line, SheetLimits limits) => cell.Length <= limits.CellLength
        ? cell
        : throw new SheetUnreadableException("sheet_too_much", $"A cell on line {line} holds more than {limits.CellLength} characters.");

    public static void CheckRow(int line, int cells, int rows, SheetLimits limits)
    {
        if (rows > limits.Rows) throw new SheetUnreadableException("sheet_too_much", $"At most {limits.Rows} lines can be read at once.");
        if (cells > limits.Columns)
            throw new SheetUnreadableException("sheet_too_much", $"Line {line} has more than {limits.Columns} columns.");
    }
}
