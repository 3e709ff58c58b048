namespace Lectern.Grading.Answers;

/// <summary>
/// Judges an answer by its key. Pure: the same answer and key give the same verdict wherever and however often. Programs are run by
/// <see cref="ProgramGrader"/>.
/// </summary>
internal static class AnswerGrader
{
    public static AnswerVerdict Judge(Question question, string answer)
    {
        if (question.CreditAll) return new(1, AnswerOutcome.Credited);
        var verdict = Judge(question.Key, answer);
        return verdict.Share is 1 || question.Also is not { } also || !also.Any(key => Judge(key, answer).Share is 1)
            ? verdict
            : AnswerVerdict.Right;
    }

    public static AnswerVerdict Judge(AnswerKey key, string answer)
    {
        if (key.Kind is AnswerKind.FreeText) return new(null, AnswerOutcome.ForAPerson);
        if (string.IsNullOrWhiteSpace(answer)) return AnswerVerdict.Wrong(AnswerOutcome.NoAnswer);
        return key switch
        {
            { Kind: AnswerKind.Exact, Exact: { } exact } => exact.Judge(answer),
            { Kind: AnswerKind.Numeric, Numeric: { } numeric } => numeric.Judge(answer),
            { Kind: AnswerKind.Pattern, Pattern: { } pattern } => pattern.Judge(answer),
            { Kind: AnswerKind.Code, Code: not null } => new(null, AnswerOutcome.Waiting),
            _ => throw new InvalidOperationException($"A key of kind {key.Kind} lacks its part."),
        };
    }
}
