using System.Globalization;

namespace Lectern.Grading.Sheets;

/// <summary>A table on its way into a file, row by row; disposing ends the file and leaves the stream open.</summary>
internal interface ITable : IAsyncDisposable
{
    Task Row(IEnumerable<TableCell> cells, CancellationToken ct);
}

/// <summary>What one cell holds: a text, a number, or nothing.</summary>
internal readonly record struct TableCell(string? Text, decimal? Number)
{
    /// <summary>The number with a decimal point, whatever the reader's language, and without zeros at its end.</summary>
    public string NumberText => Number!.Value.ToString("0.##########", CultureInfo.InvariantCulture);

    public static implicit operator TableCell(string? text) => new(text, null);

    public static implicit operator TableCell(decimal? number) => new(null, number);

    public static implicit operator TableCell(long number) => new(null, number);
}
