using System.Globalization;
using System.Text;
using Lectern.Contracts.Grading;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>
/// A text as words that can be compared: case, accents, vowel points, compatibility forms and invisible characters make no difference.
/// Scripts that put no spaces between words give a word a character. Positions are those of the text as it was written.
/// </summary>
internal sealed class ComparedText
{
    private const int Tatweel = 0x640;
    private readonly List<ulong> words = [];
    private readonly List<TextRange> places = [];
    private readonly bool[] leftOut;

    public ComparedText(string text, IReadOnlyList<TextRange>? notCounted = null)
    {
        Read(text);
        leftOut = new bool[words.Count];
        foreach (var range in notCounted ?? []) LeaveOut(range);
    }

    public int Count => words.Count;

    /// <summary>Words that count.</summary>
    public int Counted => leftOut.Count(left => !left);

    public ulong this[int word] => words[word];

    public TextRange Place(int word) => places[word];

    public bool IsLeftOut(int word) => leftOut[word];

    /// <summary>The place of some words that follow each other.</summary>
    public TextRange Place(int first, int count) => new(places[first].Start, places[first + count - 1].End);

    /// <summary>The first word that ends behind a position.</summary>
    public int WordAt(int position)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places[middle].End > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private void LeaveOut(TextRange range)
    {
        for (var word = WordAt(range.Start); word < words.Count && places[word].Start < range.End; word++) leftOut[word] = true;
    }

    private void Read(string text)
    {
        var start = -1;
        var end = 0;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind is Kind.Between or Kind.Alone && start >= 0)
            {
                Add(text, start, end);
                start = -1;
            }

            if (kind is Kind.Within or Kind.Alone)
            {
                if (start < 0) start = at;
                end = at + rune.Utf16SequenceLength;
            }

            at += rune.Utf16SequenceLength;
        }

        if (start >= 0) Add(text, start, end);
    }

    private void Add(string text, int start, int end)
    {
        words.Add(HashOf(text[start..end]));
        places.Add(new TextRange(start, end));
    }

    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherLetter when IsOfUnspacedScript(rune.Value) => Kind.Alone,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Within,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format => Kind.Invisible,
        _ => Kind.Between,
    };

    // Han, kana, Thai, Lao, Myanmar, Khmer.
    private static bool IsOfUnspacedScript(int value) => value is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF
        or >= 0x20000 and <= 0x3FFFF or >= 0x3040 and <= 0x30FF or >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F
        or >= 0x1780 and <= 0x17FF;

    // FNV-1a, because the number stands in the database and must be the same for ever.
    private static ulong HashOf(string word)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in Ascii.IsValid(word) ? word : word.Normalize(NormalizationForm.FormKD))
        {
            var category = letter < 128 ? UnicodeCategory.LowercaseLetter : char.GetUnicodeCategory(letter);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) continue;
            if (letter != Tatweel) hash = (hash ^ char.ToLowerInvariant(letter)) * 1099511628211UL;
        }

        return hash;
    }

    private enum Kind { Between, Within, Alone, Invisible }
}
