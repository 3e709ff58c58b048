using Lectern.Grading.Answers;
using Lectern.Platform.Http;

namespace Lectern.Grading.Questions;

/// <summary>How answers to a question are to be judged.</summary>
/// <param name="Kind">exact, numeric, pattern, code or free_text; the part of that name says the rest.</param>
internal sealed record KeyFields(
    AnswerKind? Kind, ExactFields? Exact = null, NumericFields? Numeric = null, PatternFields? Pattern = null,
    FreeTextFields? FreeText = null, CodeFields? Code = null)
{
    public static Refusal Incomplete(string at) =>
        new("key_incomplete", "Say how answers are judged: exact, numeric, pattern, code or free_text, with the part of that name.", at);

    public Refusal? Refused(string at) => this switch
    {
        { Kind: AnswerKind.Exact, Exact: { } exact } => exact.Refused($"{at}.exact"),
        { Kind: AnswerKind.Numeric, Numeric: { } numeric } => numeric.Refused($"{at}.numeric"),
        { Kind: AnswerKind.Pattern, Pattern: { } pattern } => pattern.Refused($"{at}.pattern"),
        { Kind: AnswerKind.Code, Code: { } code } => code.Refused($"{at}.code"),
        { Kind: AnswerKind.FreeText } => FreeText?.Guidance?.Length > 20_000
            ? new("too_long", "A note for graders can have at most 20,000 characters.", $"{at}.free_text.guidance")
            : null,
        _ => Incomplete(at),
    };

    public AnswerKey ToKey() => Kind switch
    {
        AnswerKind.Exact => new(AnswerKind.Exact, Exact: Exact!.ToKey()),
        AnswerKind.Numeric => new(AnswerKind.Numeric, Numeric: Numeric!.ToKey()),
        AnswerKind.Pattern => new(AnswerKind.Pattern, Pattern: new(Pattern!.Pattern!, Pattern.IgnoreCase)),
        AnswerKind.Code => new(AnswerKind.Code, Code: Code!.ToKey()),
        _ => new(AnswerKind.FreeText, FreeText: new((FreeText?.Guidance ?? string.Empty).Trim())),
    };
}

/// <param name="Accepted">Every answer that is right.</param>
internal sealed record ExactFields(string[]? Accepted, bool IgnoreCase = true, bool IgnoreSpace = true, bool IgnoreAccents = false)
{
    public Refusal? Refused(string at)
    {
        var said = Accepted?.Where(one => !string.IsNullOrWhiteSpace(one)).ToList() ?? [];
        if (said.Count == 0) return new("accepted_required", "Say at least one answer that is right.", $"{at}.accepted");
        if (said.Count > 200) return new("too_many", "At most 200 answers that are right.", $"{at}.accepted");
        return said.Exists(one => one.Length > 2000)
            ? new("too_long", "An answer that is right can have at most 2,000 characters.", $"{at}.accepted")
            : null;
    }

    public ExactKey ToKey() => new([.. Accepted!.Where(one => !string.IsNullOrWhiteSpace(one))], IgnoreCase, IgnoreSpace, IgnoreAccents);
}

/// <param name="Value">As text, with a point for decimals or as 6.022e23, so that no digit is lost.</param>
/// <param name="Tolerance">How far off an answer may be; none: not at all.</param>
internal sealed record NumericFields(
    string? Value, string? Tolerance = null, bool TolerancePercent = false, string[]? Units = null, bool UnitRequired = false,
    int? SignificantFigures = null)
{
    public Refusal? Refused(string at) => this switch
    {
        _ when SpelledNumber.ReadOne(Value ?? string.Empty) is null =>
            new("bad_number", "Write the number with a point for decimals and nothing else, such as -9.81 or 6.022e23.", $"{at}.value"),
        _ when Says(Tolerance) && SpelledNumber.ReadOne(Tolerance!) is not { Digits.Sign: >= 0 } =>
            new("bad_number", "A tolerance is a number from 0 up, with a point for decimals.", $"{at}.tolerance"),
        { Units: { } units } when units.Length > 50 || units.Any(unit => unit?.Length > 100) =>
            new("too_many", "At most 50 ways to write the unit, each of at most 100 characters.", $"{at}.units"),
        { UnitRequired: true } when !Written().Any() =>
            new("unit_required", "Say how the unit may be written.", $"{at}.units"),
        { SignificantFigures: < 1 or > 30 } =>
            new("figures_out_of_range", "Between 1 and 30 significant figures.", $"{at}.significant_figures"),
        _ => null,
    };

    public NumericKey ToKey() => new(
        Value!.Trim(), Says(Tolerance) ? Tolerance!.Trim() : null, TolerancePercent, [.. Written()], UnitRequired, SignificantFigures);

    private IEnumerable<string> Written() => (Units ?? []).Where(Says).Select(unit => unit.Trim());

    private static bool Says(string? text) => !string.IsNullOrWhiteSpace(text);
}

/// <param name="Pattern">A regular expression of .NET that has to match the whole answer.</param>
internal sealed record PatternFields(string? Pattern, bool IgnoreCase = false)
{
    public Refusal? Refused(string at)
    {
        if (string.IsNullOrEmpty(Pattern)) return new("pattern_required", "Say the pattern.", $"{at}.pattern");
        if (Pattern.Length > 1000) return new("too_long", "A pattern can have at most 1,000 characters.", $"{at}.pattern");
        return new PatternKey(Pattern, IgnoreCase).Fault() is { } fault
            ? new("bad_pattern", $"This pattern cannot be read: {fault}", $"{at}.pattern")
            : null;
    }
}

/// <param name="Guidance">What graders should look for; learners never see it.</param>
internal sealed record FreeTextFields(string? Guidance);
