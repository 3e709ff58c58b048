using System.Globalization;
using System.Text;

namespace Lectern.Grading.Annotations;

/// <summary>
/// A drawing as lines between points of a page, each from 0 to 1 of its width and height. It is read from the one form of SVG that is
/// taken and written anew from its numbers: nothing else of what was sent is ever kept or shown.
/// </summary>
internal sealed record ShapePath(IReadOnlyList<ShapePath.Line> Lines)
{
    public const int MostPoints = 5_000;
    public const int LongestSvg = 120_000;
    private const string Head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"";
    private const string Tail = "\"/></svg>";

    /// <param name="Points">In the order they are joined.</param>
    /// <param name="Closed">The last point is joined with the first.</param>
    internal sealed record Line(IReadOnlyList<(decimal X, decimal Y)> Points, bool Closed);

    public int Count => Lines.Sum(line => line.Points.Count);

    /// <summary>How far down the page it begins, in millionths.</summary>
    public int Place => (int)(Lines.SelectMany(line => line.Points).Min(point => point.Y) * 1_000_000);

    /// <summary>
    /// Reads <c>M x y</c>, then any number of <c>L x y</c>, then perhaps <c>Z</c>, as often as wanted, within the one element that is
    /// taken; null for anything else.
    /// </summary>
    public static ShapePath? Read(string? svg)
    {
        if (svg is null || svg.Length > LongestSvg || !svg.StartsWith(Head, StringComparison.Ordinal)
            || !svg.EndsWith(Tail, StringComparison.Ordinal) || svg.Length < Head.Length + Tail.Length) return null;
        var text = svg.AsSpan(Head.Length, svg.Length - Head.Length - Tail.Length);
        var lines = new List<Line>();
        var count = 0;
        while (text.Length > 0)
        {
            if (TakeLine(ref text) is not { } line || (count += line.Points.Count) > MostPoints) return null;
            lines.Add(line);
        }

        return lines.Count > 0 ? new ShapePath(lines) : null;
    }

    public string ToSvg()
    {
        var text = new StringBuilder(Head);
        foreach (var line in Lines)
        {
            for (var at = 0; at < line.Points.Count; at++)
            {
                var (x, y) = line.Points[at];
                text.Append(at == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{x:0.######} {y:0.######}");
            }

            if (line.Closed) text.Append('Z');
        }

        return text.Append(Tail).ToString();
    }

    private static Line? TakeLine(ref ReadOnlySpan<char> text)
    {
        if (TakePoint(ref text, 'M') is not { } first) return null;
        var points = new List<(decimal, decimal)> { first };
        while (text.StartsWith("L"))
        {
            if (TakePoint(ref text, 'L') is not { } next || points.Count >= MostPoints) return null;
            points.Add(next);
        }

        var closed = text.StartsWith("Z");
        if (closed) text = text[1..];
        return closed && points.Count < 3 ? null : new Line(points, closed);
    }

    private static (decimal X, decimal Y)? TakePoint(ref ReadOnlySpan<char> text, char command)
    {
        if (text.Length == 0 || text[0] != command) return null;
        text = text[1..];
        if (TakeNumber(ref text) is not { } x || !text.StartsWith(" ")) return null;
        text = text[1..];
        return TakeNumber(ref text) is { } y ? (x, y) : null;
    }

    /// <summary>0, 1, or up to six decimals between them.</summary>
    private static decimal? TakeNumber(ref ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < 9 && (char.IsAsciiDigit(text[length]) || text[length] == '.')) length++;
        if (length is 0 or > 8
            || !decimal.TryParse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number is < 0 or > 1) return null;
        text = text[length..];
        return number;
    }
}
