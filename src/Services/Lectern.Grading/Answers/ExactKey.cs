using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Answers;

/// <summary>Right is an answer that is one of these.</summary>
/// <param name="IgnoreSpace">Spaces around it and how many there are between words do not matter.</param>
/// <param name="IgnoreAccents">An é is an e, and Arabic words are read without their vowel signs.</param>
internal sealed partial record ExactKey(
    IReadOnlyList<string> Accepted, bool IgnoreCase = true, bool IgnoreSpace = true, bool IgnoreAccents = false)
{
    public AnswerVerdict Judge(string answer)
    {
        var said = Plain(answer);
        return Accepted.Any(accepted => Plain(accepted) == said) ? AnswerVerdict.Right : AnswerVerdict.Wrong();
    }

    // Composed, so that an é typed as two signs is the é typed as one.
    private string Plain(string text)
    {
        var plain = IgnoreAccents ? WithoutMarks(text) : text.Normalize(NormalizationForm.FormC);
        if (IgnoreSpace) plain = Spaces().Replace(plain, " ").Trim();
        return IgnoreCase ? plain.ToUpperInvariant() : plain;
    }

    private static string WithoutMarks(string text)
    {
        var kept = text.Normalize(NormalizationForm.FormD)
            .Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) is not UnicodeCategory.NonSpacingMark);
        return string.Concat(kept).Normalize(NormalizationForm.FormC);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
