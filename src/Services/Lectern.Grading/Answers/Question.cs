using Lectern.Platform.Data;

namespace Lectern.Grading.Answers;

/// <summary>
/// Something that is asked, what it is worth and how answers to it are judged. Nothing here knows of assignments, so that whatever asks
/// questions judges answers alike.
/// </summary>
/// <param name="QuestionId">Stays the same from version to version.</param>
/// <param name="Key">What a right answer is; never sent to who answers.</param>
/// <param name="CreditAll">Everybody who handed in has the points, whatever they answered.</param>
/// <param name="Also">Other keys of the same kind: an answer that is right by one of them is right.</param>
internal sealed record Question(
    string QuestionId, string Prompt, decimal Points, AnswerKey Key, bool CreditAll = false, IReadOnlyList<AnswerKey>? Also = null);

/// <summary>Questions in the order they are asked.</summary>
[StoredAsJson]
internal sealed class QuestionList : List<Question>;

/// <summary>Answers by the ids of their questions, as they were typed.</summary>
[StoredAsJson]
internal sealed class AnswerSheet : Dictionary<string, string>
{
    /// <summary>Without what no database keeps: a zero sign, as it comes with text out of other programs.</summary>
    public AnswerSheet Storable()
    {
        foreach (var (question, answer) in this.ToList())
            this[question] = answer?.Replace("\0", string.Empty, StringComparison.Ordinal) ?? "";
        return this;
    }

    public string To(string question) => this.GetValueOrDefault(question) ?? string.Empty;
}

internal enum AnswerKind { Exact, Numeric, Pattern, FreeText, Code }

/// <summary>How answers to one question are judged; the part that its kind names is there.</summary>
internal sealed record AnswerKey(
    AnswerKind Kind, ExactKey? Exact = null, NumericKey? Numeric = null, PatternKey? Pattern = null, FreeTextKey? FreeText = null,
    CodeKey? Code = null);

/// <summary>Read by a person.</summary>
/// <param name="Guidance">What graders should look for.</param>
internal sealed record FreeTextKey(string Guidance);

/// <summary>What an answer is worth.</summary>
/// <param name="Share">Of the question's points, between 0 and 1; null: a person has to say.</param>
internal readonly record struct AnswerVerdict(decimal? Share, AnswerOutcome Outcome)
{
    public static AnswerVerdict Right => new(1, AnswerOutcome.Right);

    public static AnswerVerdict Wrong(AnswerOutcome because = AnswerOutcome.Wrong) => new(0, because);
}

/// <summary>Why an answer is worth what it is worth.</summary>
internal enum AnswerOutcome
{
    Right,
    Wrong,
    NoAnswer,
    NotANumber,
    UnitMissing,
    UnitDiffers,
    FiguresDiffer,
    TimedOut,
    ForAPerson,

    /// <summary>Some tests of a program were passed.</summary>
    Partly,

    /// <summary>It is to be run.</summary>
    Waiting,

    /// <summary>Programs, or those in its language, are not run here.</summary>
    NotRun,

    /// <summary>The program that judges the output went wrong itself.</summary>
    CheckFailed,

    /// <summary>Everybody has the points of this question.</summary>
    Credited,
}
