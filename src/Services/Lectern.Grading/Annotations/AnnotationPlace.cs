using System.Globalization;
using System.Text;
using Lectern.Platform.Http;

namespace Lectern.Grading.Annotations;

/// <summary>How work is marked. The words of the W3C's motivations are fewer, so they follow from these.</summary>
internal enum AnnotationKind { Highlight, Strike, Point, Area, Drawing }

/// <summary>Where an annotation is, read strictly from selectors somebody sent and written anew.</summary>
/// <param name="Page">From 1; 0 where there are no pages.</param>
/// <param name="Place">How far down it begins.</param>
internal sealed record AnnotationPlace(int Page, int Place, AnnotationTarget Target)
{
    public const int LongestQuote = 10_000;
    private const int LongestContext = 100;
    private const int MostPages = 20_000;
    private const int LongestText = 20_000_000;

    /// <summary>Reads selectors; a refusal says what cannot be taken.</summary>
    public static (AnnotationPlace? Place, Refusal? Refusal) Read(AnnotationKind kind, IReadOnlyList<Selector?>? selectors)
    {
        if (selectors is null or { Count: 0 or > 2 } || selectors.Any(selector => selector is null))
            return (null, Bad("Say with one or two selectors where it is."));
        var first = selectors[0]!;
        var quote = selectors.Count == 2 ? selectors[1] : null;
        if (quote is not null && !IsQuote(quote))
            return (null, Bad($"The second selector is the words themselves, at most {LongestQuote:N0} characters."));
        return first.Type switch
        {
            Selector.TextPosition => OfText(kind, first, quote),
            Selector.Fragment => OfPage(kind, first, quote),
            Selector.Svg => OfShape(kind, first, 0, quote),
            _ => (null, Bad("The first selector is a TextPositionSelector, a FragmentSelector or an SvgSelector.")),
        };
    }

    private static (AnnotationPlace?, Refusal?) OfText(AnnotationKind kind, Selector range, Selector? quote)
    {
        if (kind is not (AnnotationKind.Highlight or AnnotationKind.Strike))
            return (null, Bad("Text is highlighted or struck out."));
        if (range is not { Start: >= 0, End: <= LongestText } || range.End <= range.Start
            || range != new Selector(Selector.TextPosition, range.Start, range.End))
            return (null, Bad("A TextPositionSelector has a start and an end after it, and nothing else."));
        if (quote?.Exact is not { } exact || CodePoints(exact) != range.End - range.Start)
            return (null, Bad("A TextQuoteSelector with exactly the words between start and end belongs to it."));
        return (new AnnotationPlace(0, range.Start!.Value, new([range, quote])), null);
    }

    private static (AnnotationPlace?, Refusal?) OfPage(AnnotationKind kind, Selector fragment, Selector? quote)
    {
        if (fragment.ConformsTo != Selector.Pdf || fragment.Value is null || fragment.RefinedBy?.Type != Selector.Svg
            || !fragment.Value.StartsWith("page=", StringComparison.Ordinal)
            || !int.TryParse(fragment.Value.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            || page is < 1 or > MostPages
            || fragment != new Selector(
                Selector.Fragment, ConformsTo: Selector.Pdf, Value: fragment.Value, RefinedBy: fragment.RefinedBy))
            return (null, Bad($"A FragmentSelector conforms to {Selector.Pdf}, says page=…, and is refined by an SvgSelector."));
        return OfShape(kind, fragment.RefinedBy, page, quote);
    }

    private static (AnnotationPlace?, Refusal?) OfShape(AnnotationKind kind, Selector svg, int page, Selector? quote)
    {
        if (svg != new Selector(Selector.Svg, Value: svg.Value) || ShapePath.Read(svg.Value) is not { } shape)
            return (null, Bad(
                "An SvgSelector holds one path of M, L and Z between 0 and 1, with at most "
                + $"{ShapePath.MostPoints:N0} points, in an svg whose viewBox is 0 0 1 1."));
        if (!Fits(kind, shape)) return (null, Bad(
            "A point is one point, an area one closed line, a drawing open lines, and words are marked by closed lines."));
        var drawn = new Selector(Selector.Svg, Value: shape.ToSvg());
        var where = page == 0
            ? drawn
            : new Selector(
                Selector.Fragment, ConformsTo: Selector.Pdf, Value: string.Create(CultureInfo.InvariantCulture, $"page={page}"),
                RefinedBy: drawn);
        return (new AnnotationPlace(page, shape.Place, new(quote is null ? [where] : [where, quote])), null);
    }

    private static bool Fits(AnnotationKind kind, ShapePath shape) => kind switch
    {
        AnnotationKind.Point => shape.Count == 1,
        AnnotationKind.Area => shape.Lines is [{ Closed: true }],
        AnnotationKind.Drawing => shape.Lines.All(line => !line.Closed && line.Points.Count > 1),
        _ => shape.Lines.All(line => line.Closed),
    };

    private static bool IsQuote(Selector quote) =>
        quote is { Exact.Length: > 0 and <= LongestQuote } && !(quote.Prefix?.Length > LongestContext)
        && !(quote.Suffix?.Length > LongestContext) && !quote.Exact.Contains('\0', StringComparison.Ordinal)
        && !(quote.Prefix + quote.Suffix).Contains('\0', StringComparison.Ordinal)
        && quote == new Selector(Selector.TextQuote, Exact: quote.Exact, Prefix: quote.Prefix, Suffix: quote.Suffix);

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    private static Refusal Bad(string because) => new("bad_annotation", because, "selector");
}
