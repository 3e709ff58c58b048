using Lectern.Contracts.Grading;

namespace Lectern.Grading.SimilarityChecks;

/// <summary>Finds the passages two texts share: fingerprints say where to look, and only words that are equal count.</summary>
internal static class SharedWords
{
    private const int MostPassages = 500;
    // A text of one word over and over has each fingerprint in thousands of places.
    private const int MostPlacesOfOne = 16;
    private const int MostSteps = 20_000_000;

    /// <summary>Passages in the order of the first text; none overlap there.</summary>
    public static List<SharedPassage> Between(ComparedText here, ComparedText there)
    {
        var places = new Dictionary<int, List<int>>();
        foreach (var (number, word) in Winnowing.PrintsOf(there))
        {
            if (!places.TryGetValue(number, out var known)) places[number] = known = [];
            if (known.Count < MostPlacesOfOne) known.Add(word);
        }

        var passages = new List<SharedPassage>();
        var (free, steps) = (0, 0);
        foreach (var (number, word) in Winnowing.PrintsOf(here))
        {
            if (word < free || steps > MostSteps || passages.Count == MostPassages || !places.TryGetValue(number, out var candidates))
                continue;
            var best = default(Stretch);
            foreach (var candidate in candidates)
            {
                var stretch = Extend(here, there, word, candidate, free);
                steps += stretch.Count;
                if (stretch.Count > best.Count) best = stretch;
            }

            if (best.Count < Winnowing.Run) continue;
            passages.Add(new SharedPassage(here.Place(best.Here, best.Count), there.Place(best.There, best.Count)));
            free = best.Here + best.Count;
        }

        return passages;
    }

    private static Stretch Extend(ComparedText here, ComparedText there, int mine, int theirs, int free)
    {
        var (before, after) = (0, 0);
        while (mine - before > free && theirs - before > 0 && Same(here, there, mine - before - 1, theirs - before - 1)) before++;
        while (mine + after < here.Count && theirs + after < there.Count && Same(here, there, mine + after, theirs + after)) after++;
        return after < Winnowing.Run ? default : new Stretch(mine - before, theirs - before, before + after);
    }

    private static bool Same(ComparedText here, ComparedText there, int mine, int theirs) =>
        here[mine] == there[theirs] && !here.IsLeftOut(mine) && !there.IsLeftOut(theirs);

    private readonly record struct Stretch(int Here, int There, int Count);
}
