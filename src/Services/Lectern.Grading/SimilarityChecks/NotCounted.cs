using Lectern.Contracts.Grading;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>What of a text does not count: what everybody was given, and what is marked as somebody else's words.</summary>
internal static class NotCounted
{
    // Whoever puts all of it into quotation marks has quoted nothing.
    private const int LongestQuotation = 1500;
    private const string Opening = "“„«‹「『《";
    private const string Closing = "”“»›」』》";

    public static List<TextRange> In(string text, string template, bool withoutQuotations)
    {
        var ranges = new List<TextRange>();
        if (withoutQuotations)
        {
            ranges.AddRange(Quotations(text));
            ranges.AddRange(QuotedLines(text));
        }

        ranges.AddRange(Given(text, template));
        return Merged(ranges);
    }

    /// <summary>Ranges in order, those that touch as one.</summary>
    public static List<TextRange> Merged(IEnumerable<TextRange> ranges)
    {
        var merged = new List<TextRange>();
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (merged.Count > 0 && range.Start <= merged[^1].End)
                merged[^1] = new TextRange(merged[^1].Start, Math.Max(merged[^1].End, range.End));
            else merged.Add(range);
        }

        return merged;
    }

    private static IEnumerable<TextRange> Given(string text, string template)
    {
        var given = new ComparedText(template);
        if (given.Count < Winnowing.Run) yield break;
        var runs = new HashSet<ulong>();
        for (var i = 0; i + Winnowing.Run <= given.Count; i++) runs.Add(NumberOf(given, i));
        var own = new ComparedText(text);
        for (var i = 0; i + Winnowing.Run <= own.Count; i++)
        {
            if (runs.Contains(NumberOf(own, i))) yield return own.Place(i, Winnowing.Run);
        }
    }

    private static ulong NumberOf(ComparedText text, int first)
    {
        var hash = 0UL;
        for (var i = first; i < first + Winnowing.Run; i++) hash = (hash * 0x9E3779B97F4A7C15UL) + text[i];
        return hash;
    }

    private static IEnumerable<TextRange> Quotations(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var pair = Opening.IndexOf(text[at], StringComparison.Ordinal);
            var straight = text[at] == '"' && (at == 0 || !char.IsLetterOrDigit(text[at - 1]));
            if (pair < 0 && !straight) continue;
            var end = EndOf(text, at, straight ? '"' : Closing[pair]);
            if (end < 0) continue;
            yield return new TextRange(at, end + 1);
            at = end;
        }
    }

    // In the same paragraph, and not too far.
    private static int EndOf(string text, int start, char closing)
    {
        for (var at = start + 1; at < text.Length && at - start <= LongestQuotation; at++)
        {
            // What opens below the line closes in one of two ways, by the language.
            if (text[at] == closing || (text[start] == '„' && text[at] == '”')) return at;
            if (text[at] == '\n' && at + 1 < text.Length && text[at + 1] is '\n' or '\r') return -1;
        }

        return -1;
    }

    private static IEnumerable<TextRange> QuotedLines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0) end = text.Length;
            if (text.AsSpan(start, end - start).TrimStart() is ['>', ..]) yield return new TextRange(start, end);
            start = end + 1;
        }
    }
}
