using Lectern.Grading.Answers;
using Lectern.Grading.Assignments;
using Lectern.Grading.Rubrics;
using Lectern.Platform.Http;

namespace Lectern.Grading.Questions;

/// <summary>What the questions of an assignment are to be. A change says all of them; ids of questions that go on are repeated.</summary>
internal sealed record QuestionFields
{
    public const int MostQuestions = 100;

    public IReadOnlyList<OneQuestionFields?>? Questions { get; init; }

    /// <summary>The version this change was made upon; 0 where there was none.</summary>
    public int? Version { get; init; }

    public Refusal? Refused() => this switch
    {
        { Questions: null or { Count: 0 } } => new("questions_required", "Ask at least one question.", "questions"),
        { Questions.Count: > MostQuestions } => new("too_many", $"At most {MostQuestions} questions.", "questions"),
        _ when Questions.Any(question => question is null) => new("questions_required", "Say what each question asks.", "questions"),
        _ when RubricFields.Repeats(Questions.Select(question => question!.QuestionId)) =>
            new("ids_repeat", "Each question has an id of its own.", "questions"),
        _ => Questions.Select((question, at) => question!.Refused($"questions[{at}]")).FirstOrDefault(refusal => refusal is not null)
            ?? RefusedTotal(),
    };

    /// <summary>The questions as they are kept; those without an id get one that was never used.</summary>
    public QuestionList ToQuestions() => [.. Questions!.Select(question => question!.ToQuestion())];

    private Refusal? RefusedTotal() => Questions!.Sum(question => question!.Points) > Assignment.LargestScore
        ? new("points_out_of_range", $"All questions together can earn at most {Assignment.LargestScore:0} points.", "questions")
        : null;
}

/// <summary>What a question is to be.</summary>
internal sealed record OneQuestionFields
{
    private const int MostKeys = 10;

    public string? QuestionId { get; init; }

    public string? Prompt { get; init; }

    public decimal? Points { get; init; }

    public KeyFields? Key { get; init; }

    /// <summary>Everybody who hands in has the points, whatever they answer.</summary>
    public bool CreditAll { get; init; }

    /// <summary>Other keys of the same kind, one of which is enough; not for programs and texts that a person reads.</summary>
    public IReadOnlyList<KeyFields?>? Also { get; init; }

    public Refusal? Refused(string at) => this switch
    {
        { QuestionId.Length: > 40 } => new("too_long", "An id can have at most 40 characters.", $"{at}.question_id"),
        { Prompt: var prompt } when string.IsNullOrWhiteSpace(prompt) =>
            new("prompt_required", "Say what is asked.", $"{at}.prompt"),
        { Prompt.Length: > 20_000 } => new("too_long", "A question can have at most 20,000 characters.", $"{at}.prompt"),
        { Points: null } => new("points_required", "Say what this question earns.", $"{at}.points"),
        { Points: < 0 or > Assignment.LargestScore } =>
            new("points_out_of_range", $"Points lie between 0 and {Assignment.LargestScore:0}.", $"{at}.points"),
        { Points: { } points } when decimal.Round(points, Scaled.Places) != points =>
            new("points_too_fine", $"Points can have at most {Scaled.Places} decimals.", $"{at}.points"),
        { Key: null } => KeyFields.Incomplete($"{at}.key"),
        _ => Key.Refused($"{at}.key") ?? RefusedAlso($"{at}.also"),
    };

    private Refusal? RefusedAlso(string at) => Also is not { Count: > 0 } also ? null
        : also.Count > MostKeys ? new("too_many", $"At most {MostKeys} other keys.", at)
        : Key!.Kind is AnswerKind.Code or AnswerKind.FreeText || also.Any(key => key is not null && key.Kind != Key.Kind)
            ? new("also_other_kind", "What is right as well is a word, a number or a pattern, as the question's own key is.", at)
        : also.Select((key, i) => key is null ? KeyFields.Incomplete($"{at}[{i}]") : key.Refused($"{at}[{i}]"))
            .FirstOrDefault(refusal => refusal is not null);

    public Question ToQuestion() => new(
        string.IsNullOrWhiteSpace(QuestionId) ? RubricFields.NewId() : QuestionId.Trim(), Prompt!.Trim(), Points!.Value, Key!.ToKey(),
        CreditAll, Also is { Count: > 0 } also ? [.. also.Select(key => key!.ToKey())] : null);
}
