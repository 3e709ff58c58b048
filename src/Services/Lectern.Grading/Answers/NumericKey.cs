using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Answers;

/// <summary>Right is a number near enough. Numbers are kept as they were typed and compared exactly, never as binary fractions.</summary>
/// <param name="Value">Written with a point, or as 6.022e23.</param>
/// <param name="Tolerance">How far off it may be; both ends are right.</param>
/// <param name="TolerancePercent">The tolerance is in percent of the value.</param>
/// <param name="Units">How its unit may be written; none: a number alone.</param>
/// <param name="UnitRequired">Without a unit it is wrong.</param>
/// <param name="SignificantFigures">To how many figures it must be given.</param>
internal sealed partial record NumericKey(
    string Value, string? Tolerance = null, bool TolerancePercent = false, IReadOnlyList<string>? Units = null, bool UnitRequired = false,
    int? SignificantFigures = null)
{
    public AnswerVerdict Judge(string answer)
    {
        var (readings, rest) = SpelledNumber.Read(answer);
        if (readings.Count == 0) return AnswerVerdict.Wrong(AnswerOutcome.NotANumber);
        var value = SpelledNumber.ReadOne(Value)!;
        var tolerance = Tolerance is null ? SpelledNumber.Zero : SpelledNumber.ReadOne(Tolerance)!;
        var near = readings.Where(reading => TolerancePercent
            ? reading.IsWithinPercent(value, tolerance)
            : reading.IsWithin(value, tolerance)).ToList();
        if (near.Count == 0) return AnswerVerdict.Wrong();
        if (rest.Length == 0 && UnitRequired) return AnswerVerdict.Wrong(AnswerOutcome.UnitMissing);
        if (rest.Length > 0 && !(Units ?? []).Any(unit => Plain(unit) == Plain(rest)))
            return AnswerVerdict.Wrong(AnswerOutcome.UnitDiffers);
        if (SignificantFigures is { } figures && !near.Exists(reading => reading.HasFigures(figures)))
            return AnswerVerdict.Wrong(AnswerOutcome.FiguresDiffer);
        return AnswerVerdict.Right;
    }

    // m², m^2 and m2 are one; so are m·s, m*s and m s. Large and small letters differ: a mW is no MW.
    private static string Plain(string unit) =>
        Joints().Replace(unit.Normalize(NormalizationForm.FormKC).Replace("^", string.Empty, StringComparison.Ordinal), ".").Trim('.');

    [GeneratedRegex(@"[\s·⋅*.]+")]
    private static partial Regex Joints();
}
