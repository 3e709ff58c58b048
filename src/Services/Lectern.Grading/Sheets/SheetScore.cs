using System.Globalization;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Sheets;

/// <summary>What a cell of a sheet says of a grade.</summary>
internal readonly partial record struct SheetScore(decimal? Score, bool Excused)
{
    private const double Noise = 1e-9;

    public static SheetScore Blank => default;

    public bool IsBlank => Score is null && !Excused;

    /// <summary>
    /// Reads a cell; null when it is no score. A decimal comma is read where it cannot be one of thousands. Workbooks hold binary
    /// fractions, and what such a one adds far behind the last decimal is not meant.
    /// </summary>
    public static SheetScore? Parse(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return Blank;
        if (text.Equals(SheetLayout.Excused, StringComparison.OrdinalIgnoreCase)) return new SheetScore(null, true);
        if (DecimalComma().IsMatch(text)) text = text.Replace(',', '.');
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)) return null;
        var rounded = decimal.Round(score, Scaled.Places);
        return new SheetScore(Math.Abs((double)(score - rounded)) < Noise ? rounded / 1.0000m : score, false);
    }

    // 1,500 may be fifteen hundred or one and a half: neither is guessed.
    [GeneratedRegex("^-?[0-9]+,([0-9]{1,2}|[0-9]{4})$")]
    private static partial Regex DecimalComma();
}
