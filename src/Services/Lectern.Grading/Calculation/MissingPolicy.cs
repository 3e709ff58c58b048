namespace Lectern.Grading.Calculation;

/// <summary>What missing work earns: its points less <paramref name="DeductPercent"/> of them; pass/fail work fails.</summary>
internal sealed record MissingPolicy(decimal DeductPercent)
{
    internal decimal Deduction(decimal pointsPossible, GradingType type) => PercentFor(type) * pointsPossible / 100;

    internal decimal Score(decimal pointsPossible, GradingType type) => pointsPossible - Deduction(pointsPossible, type);

    internal decimal PercentFor(GradingType type) => type == GradingType.PassFail ? 100 : DeductPercent;
}
