using Lectern.Grading.Answers;
using Lectern.Grading.Assignments;
using Lectern.Platform.Http;

namespace Lectern.Grading.Questions;

/// <param name="Language">One of those the operator has named.</param>
/// <param name="CheckSource">A program in the same language that judges the output; none: it has to be the expected one.</param>
internal sealed record CodeFields(string? Language, IReadOnlyList<CodeTestFields?>? Tests, string? CheckSource = null)
{
    private const int MostTests = 50;
    private const int LongestText = 100_000;

    public Refusal? Refused(string at) => this switch
    {
        { Language: var language } when string.IsNullOrWhiteSpace(language) || language.Length > 40 =>
            new("language_required", "Say the language programs are written in.", $"{at}.language"),
        { Tests: null or { Count: 0 } } => new("tests_required", "Say at least one test.", $"{at}.tests"),
        { Tests.Count: > MostTests } => new("too_many", $"At most {MostTests} tests.", $"{at}.tests"),
        { CheckSource.Length: > LongestText } =>
            new("too_long", $"A program can have at most {LongestText:N0} characters.", $"{at}.check_source"),
        _ when Tests.Any(test => test is null || test.Name?.Length > 200 || Long(test.Input) || Long(test.Expected)) =>
            new("too_long", $"A test has a name of at most 200 characters and texts of at most {LongestText:N0}.", $"{at}.tests"),
        _ when Tests.Any(test => test!.Points is < 0 or > Assignment.LargestScore) || Tests.All(test => test!.Points == 0) =>
            new("points_required", "Say what passing each test earns; at least one earns something.", $"{at}.tests"),
        _ => null,
    };

    public CodeKey ToKey()
    {
        var language = Language!.Trim();
        return new(
            language,
            [.. Tests!.Select((test, i) => new CodeTest(
                string.IsNullOrWhiteSpace(test!.Name) ? $"{i + 1}" : test.Name.Trim(), test.Input ?? string.Empty,
                test.Expected ?? string.Empty, test.Points, test.Hidden))],
            string.IsNullOrWhiteSpace(CheckSource) ? null : new(language, CheckSource));
    }

    private static bool Long(string? text) => text?.Length > LongestText;
}

/// <param name="Input">What the program reads.</param>
/// <param name="Expected">What it should write.</param>
/// <param name="Points">What passing it earns, of the points of all tests.</param>
internal sealed record CodeTestFields(string? Name, string? Input, string? Expected, decimal Points = 1, bool Hidden = false);
