namespace Lectern.Grading.Calculation;

/// <summary>Which percent the letter is read from.</summary>
internal enum LetterBasis
{
    Unrounded,
    Rounded,
}

internal sealed record LetterBand(string Letter, decimal LowerPercent);

/// <summary>One version of a course's letters. A published grade keeps the version it was made with.</summary>
internal sealed class LetterScheme
{
    internal LetterScheme(long schemeId, int version, IEnumerable<LetterBand> bands, LetterBasis basis = LetterBasis.Unrounded)
    {
        SchemeId = schemeId;
        Version = version;
        Basis = basis;
        Bands = [.. bands.OrderByDescending(band => band.LowerPercent)];
        if (Bands.Count == 0) throw new ArgumentException("A letter scheme has at least one letter.", nameof(bands));
    }

    internal long SchemeId { get; }
    internal int Version { get; }
    internal LetterBasis Basis { get; }
    internal IReadOnlyList<LetterBand> Bands { get; }

    /// <summary>The first letter whose lower bound is reached; below all of them the last.</summary>
    internal LetterBand BandOf(Exact percent)
    {
        var reached = Basis == LetterBasis.Rounded ? percent.Round(Standing.Places) : percent;
        foreach (var band in Bands)
        {
            if (reached >= band.LowerPercent) return band;
        }
        return Bands[^1];
    }

    internal decimal? LowerBound(string letter) => IndexOf(letter) is var index and >= 0 ? Bands[index].LowerPercent : null;

    /// <summary>The percent a letter stands for when it is typed: 100 for the best, else one step below the next better letter.</summary>
    internal decimal? UpperBound(string letter)
    {
        var index = IndexOf(letter);
        if (index < 0) return null;
        if (index == 0) return 100;
        var above = Bands[index - 1].LowerPercent;
        return above - Step(above - Bands[index].LowerPercent);
    }

    // The step must stay inside the letter's own range, so narrow ranges take finer steps.
    private static decimal Step(decimal range) => range switch
    {
        > 1m => 1m,
        > 0.1m => 0.1m,
        _ => 0.01m,
    };

    private int IndexOf(string letter)
    {
        for (var index = 0; index < Bands.Count; index++)
        {
            if (string.Equals(Bands[index].Letter, letter.Trim(), StringComparison.OrdinalIgnoreCase)) return index;
        }
        return -1;
    }
}
