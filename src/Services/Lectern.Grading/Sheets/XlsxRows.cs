using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Lectern.Grading.Sheets;

/// <summary>
/// The first sheet of a workbook, line by line. Only the parts with the list of sheets, the tables of texts and formats, and that sheet are
/// opened, and what comes out of them is counted: macros, links to other files and anything else are never looked at. Of a formula the
/// value counts that was last worked out.
/// </summary>
internal static class XlsxRows
{
    private const decimal LargestShare = 1_000_000_000m;

    public static IEnumerable<SheetRow> Read(Stream content, SheetLimits limits)
    {
        using var parts = WorkbookParts.Open(content, limits);
        var book = Damaged(() => new Book(Texts(parts, limits), XlsxStyles.Percents(parts, limits)));
        using var xml = Damaged(() => parts.Xml(parts.FirstSheet())) ?? throw WorkbookParts.NoWorkbook();
        var (rows, line) = (0, 0);
        while (Damaged(() => ToElement(xml, "row")))
        {
            line = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > line
                ? said : line + 1;
            var cells = Damaged(() => Cells(xml, book, line, limits));
            SheetRows.CheckRow(line, cells.Count, ++rows, limits);
            if (cells.Exists(cell => cell.Length > 0)) yield return new SheetRow(line, cells);
        }
    }

    /// <summary>The table of texts that cells refer to by number; there need not be one.</summary>
    private static List<string> Texts(WorkbookParts parts, SheetLimits limits)
    {
        var texts = new List<string>();
        using var xml = parts.Xml("xl/sharedStrings.xml");
        long length = 0;
        while (xml is not null && ToElement(xml, "si"))
        {
            texts.Add(SheetRows.Checked(TextIn(xml), 0, limits));
            if ((length += texts[^1].Length) > limits.TextLength || texts.Count > limits.Texts)
                throw new SheetUnreadableException("sheet_too_much", "This workbook holds more text than can be read at once.");
        }

        return texts;
    }

    private static List<string> Cells(XmlReader xml, Book book, int line, SheetLimits limits)
    {
        var cells = new List<string>();
        using var row = xml.ReadSubtree();
        while (ToElement(row, "c"))
        {
            var column = ColumnOf(row.GetAttribute("r")) ?? cells.Count;
            if (column >= limits.Columns)
                throw new SheetUnreadableException("sheet_too_much", $"Line {line} has more than {limits.Columns} columns.");
            while (cells.Count <= column) cells.Add(string.Empty);
            cells[column] = SheetRows.Checked(Value(row, book).Trim(), line, limits);
        }

        return cells;
    }

    private static string Value(XmlReader row, Book book)
    {
        var (kind, style) = (row.GetAttribute("t"), row.GetAttribute("s"));
        using var cell = row.ReadSubtree();
        var value = string.Empty;
        while (cell.Read())
        {
            if (cell.NodeType is not XmlNodeType.Element) continue;
            if (cell.LocalName == "is") return TextIn(cell);
            if (cell.LocalName == "v") value = cell.ReadElementContentAsString();
        }

        // Yes and no are no numbers.
        if (kind == "b") return value is "0" ? "FALSE" : "TRUE";
        if (kind is null or "n") return style is not null && book.Percents.Contains(style) ? AsPercent(value) : value;
        if (kind != "s") return value;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < book.Texts.Count
            ? book.Texts[at] : throw new InvalidDataException();
    }

    private static string AsPercent(string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && Math.Abs(share) < LargestShare
            ? $"{(share * 100).ToString(CultureInfo.InvariantCulture)}%"
            : value;

    /// <summary>What cells refer to by number.</summary>
    private sealed record Book(List<string> Texts, HashSet<string> Percents);

    /// <summary>All pieces of a text together; how a word is pronounced is no part of it.</summary>
    private static string TextIn(XmlReader xml)
    {
        using var inside = xml.ReadSubtree();
        var text = new StringBuilder();
        var spoken = -1;
        while (inside.Read())
        {
            if (spoken >= inside.Depth) spoken = -1;
            if (inside is { NodeType: XmlNodeType.Element, LocalName: "rPh" }) spoken = inside.Depth;
            else if (spoken < 0 && inside.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                text.Append(inside.Value);
        }

        return text.ToString();
    }

    /// <summary>Goes forward to the next element of a name, from wherever the last was left.</summary>
    private static bool ToElement(XmlReader xml, string name)
    {
        while (xml.Read())
        {
            if (xml.NodeType is XmlNodeType.Element && xml.LocalName == name) return true;
        }

        return false;
    }

    /// <summary>B7 is column 1, counted from 0.</summary>
    private static int? ColumnOf(string? reference)
    {
        if (reference is null) return null;
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(4)) column = (column * 26) + letter - 'A' + 1;
        return column > 0 ? column - 1 : null;
    }

    private static T Damaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException)
        {
            throw new SheetUnreadableException("sheet_damaged", "This workbook is damaged. Open it, save it anew, and send it again.");
        }
    }
}
