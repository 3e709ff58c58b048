using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Lectern.Grading.Answers;

/// <summary>
/// Which answers to a question are the same to whoever reads them. Only texts are read with some tolerance, and capital letters count there
/// too: CO is not Co.
/// </summary>
internal static partial class EqualAnswers
{
    /// <summary>SHA-256 over the answer; of a text without what nobody sees: how many spaces there are, how signs are composed.</summary>
    public static byte[] KeyOf(AnswerKind kind, string answer) => SHA256.HashData(Encoding.UTF8.GetBytes(
        kind is AnswerKind.FreeText ? Spaces().Replace(answer.Normalize(NormalizationForm.FormC), " ").Trim() : answer));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
