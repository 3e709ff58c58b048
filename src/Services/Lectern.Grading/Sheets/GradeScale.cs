using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Platform.Http;

namespace Lectern.Grading.Sheets;

/// <summary>
/// How one assignment's scores are said in words, as the grid says them: a percent, a letter, pass or fail. A cell of a sheet says the
/// points with the word behind them, so that what nobody touched is read as the very score it was written from.
/// </summary>
internal sealed partial class GradeScale(AssignmentGrading type, decimal points, LetterScheme? letters)
{
    private const int FinestPercent = 10;
    private const int LongestName = 40;
    private static readonly string[] Passes = ["pass", "passed", "p", "ناجح", "✓"];
    private static readonly string[] Fails = ["fail", "failed", "f", "راسب", "✗"];

    private bool HasLetters => type is AssignmentGrading.Letter or AssignmentGrading.Gpa;

    public static GradeScale Of(Assignment assignment, LetterScheme? letters) =>
        new(assignment.GradingType, assignment.PointsPossible, letters);

    /// <summary>What a score is called here; null where it is points and nothing else.</summary>
    public string? Word(decimal score) => type switch
    {
        AssignmentGrading.Percent when points > 0 => $"{Percent(score).ToString("0.##########", CultureInfo.InvariantCulture)}%",
        AssignmentGrading.PassFail when score == 0 => Fails[0],
        AssignmentGrading.PassFail when score >= points => Passes[0],
        _ when HasLetters && points > 0 => letters?.BandOf((Exact)score / points * 100m).Letter,
        _ => null,
    };

    public TableCell Write(decimal? score) => score is { } known && Word(known) is { } word
        ? $"{((TableCell)score).NumberText} ({word})"
        : score;

    /// <summary>Reads a cell: points, nothing, EX, a percent, a word of this scale, or points with their word behind them.</summary>
    public SheetReading Read(string text)
    {
        text = text.Trim();
        if (SheetScore.Parse(text) is { } plain) return plain;
        if (Named(text) is { } named) return named;
        if (WithWord().Match(text) is not { Success: true } both) return Unknown(text);
        var (number, word) = (both.Groups[1].Value, both.Groups[2].Value.Trim());
        if (SheetScore.Parse(number) is not { Score: { } score } said || score < 0) return Unknown(text);
        var called = Word(score);
        return called is not null && Plain(called) == Plain(word)
            ? said
            : new Refusal("grade_contradicts", called is null
                ? $"“{Short(text)}”: what stands in brackets says nothing here. Leave the points alone."
                : $"“{Short(text)}”: {number} points are {called} here. Leave one of the two.");
    }

    // The score a word stands for, by the calculator's rule for a final grade that is set by letter.
    private SheetScore? Named(string word)
    {
        if (word[^1] is '%' or '٪')
            return points > 0 && SheetScore.Parse(word[..^1]) is { Score: { } percent } && percent <= Assignment.LargestScore * 100 / points
                ? Points(percent) : null;
        if (type is AssignmentGrading.PassFail)
            return Passes.Contains(Plain(word)) ? new SheetScore(points, false)
                : Fails.Contains(Plain(word)) ? new SheetScore(0, false) : null;
        if (!HasLetters || letters is null) return null;
        var letter = letters.Bands.FirstOrDefault(band => Plain(band.Letter) == Plain(word))?.Letter;
        return letter is not null && letters.UpperBound(letter) is { } upper ? Points(upper) : null;
    }

    private Refusal Unknown(string text) => (type, letters) switch
    {
        (AssignmentGrading.PassFail, _) => new Refusal("score_invalid", $"“{Short(text)}” is no score, and neither pass nor fail."),
        _ when !HasLetters => new Refusal("score_invalid", $"“{Short(text)}” is no score."),
        (_, null) => new Refusal("unknown_letter", $"“{Short(text)}” is no score, and this course has no letters."),
        _ => new Refusal(
            "unknown_letter",
            $"“{Short(text)}” is no score and none of the letters {string.Join(", ", letters.Bands.Select(band => band.Letter))}."),
    };

    private SheetScore Points(decimal percent) => new(OfPoints(percent), false);

    private decimal OfPoints(decimal percent) =>
        decimal.Round(percent * points / 100, Scaled.Places, MidpointRounding.AwayFromZero) / 1.0000m;

    // With as few decimals as say this score and no other, two as a rule.
    private decimal Percent(decimal score)
    {
        var exact = (Exact)score / points * 100m;
        for (var places = Standing.Places; places < FinestPercent; places++)
        {
            if (OfPoints(exact.Round(places)) == score) return exact.Round(places);
        }

        return exact.Round(FinestPercent);
    }

    private static string Plain(string word) => word.Trim().Replace('−', '-').ToLowerInvariant();

    private static string Short(string text) => text.Length <= LongestName ? text : text[..LongestName] + "…";

    [GeneratedRegex(@"^([^()\s]+)\s*\((.+)\)$")]
    private static partial Regex WithWord();
}

/// <summary>What a cell says, or why it says nothing that could be a grade.</summary>
internal readonly record struct SheetReading(SheetScore Score, Refusal? Refusal)
{
    public static implicit operator SheetReading(SheetScore score) => new(score, null);

    public static implicit operator SheetReading(Refusal refusal) => new(default, refusal);
}
