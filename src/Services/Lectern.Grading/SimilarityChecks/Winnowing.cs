namespace Lectern.Grading.SimilarityChecks;

/// <summary>
/// Fingerprints by robust winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD
/// 2003). Of every <see cref="Window"/> runs of <see cref="Run"/> words that follow each other, the one with the smallest number is kept.
/// Whatever two texts share in <see cref="Promised"/> or more words is therefore found, and nothing shorter than <see cref="Run"/> words.
/// </summary>
internal static class Winnowing
{
    /// <summary>Words in a run: what is shared in fewer is how everybody speaks.</summary>
    public const int Run = 6;

    /// <summary>Runs of which one is kept. On average 2 of 5 are.</summary>
    public const int Window = 4;

    /// <summary>A shared passage of so many words is always found.</summary>
    public const int Promised = Run + Window - 1;

    /// <summary>The fingerprints of what counts in a text, in its order, each with the word its run begins at.</summary>
    public static List<Print> PrintsOf(ComparedText text)
    {
        var prints = new List<Print>();
        for (var first = 0; first < text.Count;)
        {
            var end = first;
            while (end < text.Count && !text.IsLeftOut(end)) end++;
            Winnow(text, first, end, prints);
            first = end + 1;
        }

        return prints;
    }

    private static void Winnow(ComparedText text, int first, int end, List<Print> prints)
    {
        var runs = end - first - Run + 1;
        if (runs < 1) return;
        var numbers = new int[runs];
        for (var i = 0; i < runs; i++) numbers[i] = NumberOf(text, first + i);
        var kept = -1;
        // A text shorter than a window has one fingerprint all the same.
        for (var last = Math.Min(Window, runs) - 1; last < runs; last++)
        {
            var from = Math.Max(0, last - Window + 1);
            var least = last;
            for (var i = last - 1; i >= from; i--)
            {
                if (numbers[i] < numbers[least]) least = i;
            }

            // Robust: of equal ones the one that is kept already stays, so that a repeated word does not become many fingerprints.
            if (kept >= from && numbers[kept] == numbers[least]) continue;
            kept = least;
            prints.Add(new Print(numbers[kept], first + kept));
        }
    }

    private static int NumberOf(ComparedText text, int first)
    {
        var hash = 0UL;
        for (var i = first; i < first + Run; i++) hash = (hash * 0x9E3779B97F4A7C15UL) + text[i];
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        hash ^= hash >> 33;
        return unchecked((int)(hash >> 32));
    }
}

/// <summary>A fingerprint, and the word its run begins at.</summary>
internal readonly record struct Print(int Number, int Word);
