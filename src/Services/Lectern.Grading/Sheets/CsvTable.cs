using System.Buffers;
using System.Text;

namespace Lectern.Grading.Sheets;

/// <summary>How a file of separated values is written.</summary>
/// <param name="Mark">Begin with a byte order mark, without which Excel takes UTF-8 for the machine's old encoding.</param>
/// <param name="ForPeople">
/// It will be opened in a spreadsheet, so a text that would be run there as a formula is written with an apostrophe before it. Other
/// programs would take the apostrophe for part of the value.
/// </param>
internal sealed record CsvStyle(char Separator, bool Mark, bool ForPeople)
{
    public static CsvStyle Spreadsheet { get; } = new(',', Mark: true, ForPeople: true);

    public static CsvStyle Program { get; } = new(',', Mark: false, ForPeople: false);

    public static CsvStyle Tabs { get; } = new('\t', Mark: false, ForPeople: false);
}

/// <summary>Separated values by RFC 4180 in UTF-8. Lines end with CR LF; numbers have a decimal point in every language.</summary>
internal sealed class CsvTable(Stream output, CsvStyle style) : ITable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");
    private readonly StreamWriter text = new(output, new UTF8Encoding(style.Mark), 1 << 16, leaveOpen: true);
    private readonly StringBuilder line = new();

    public async Task Row(IEnumerable<TableCell> cells, CancellationToken ct)
    {
        line.Clear();
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) line.Append(style.Separator);
            first = false;
            if (cell.Number is not null) line.Append(cell.NumberText);
            else if (cell.Text is { Length: > 0 } words) Append(words);
        }

        await text.WriteAsync(line.Append("\r\n"), ct);
    }

    public ValueTask DisposeAsync() => text.DisposeAsync();

    private void Append(string words)
    {
        if (style.ForPeople) words = FormulaGuard.Guard(words);
        // Programs that take tabs apart know no quotes, so there a tab or a line break becomes a space.
        if (style.Separator == '\t') line.Append(words.ReplaceLineEndings(" ").Replace('\t', ' '));
        else if (words.AsSpan().ContainsAny(Quoted) || words[0] == ' ' || words[^1] == ' ')
            line.Append('"').Append(words.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else line.Append(words);
    }
}

/// <summary>Keeps a spreadsheet from running a text as a formula: an apostrophe before it says that it is a text.</summary>
internal static class FormulaGuard
{
    private static readonly char[] Begins = ['=', '+', '-', '@', '\t', '\r'];

    public static string Guard(string text) => Runs(text) ? $"'{text}" : text;

    /// <summary>The text as it was, whether or not the spreadsheet kept the apostrophe.</summary>
    public static string Unguard(string text) => text.Length > 1 && text[0] == '\'' && Runs(text[1..]) ? text[1..] : text;

    private static bool Runs(string text) => text.Length > 0 && Array.IndexOf(Begins, text[0]) >= 0;
}
