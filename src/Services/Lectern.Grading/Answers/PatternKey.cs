using System.Text.RegularExpressions;

namespace Lectern.Grading.Answers;

/// <summary>Right is an answer that a regular expression of .NET matches from its first sign to its last.</summary>
internal sealed record PatternKey(string Pattern, bool IgnoreCase = false)
{
    // An answer waits for a person when its pattern needs longer; who wrote the pattern holds up nobody's gradebook.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public AnswerVerdict Judge(string answer)
    {
        try
        {
            return Build($@"\A(?:{Pattern})\z").IsMatch(answer.Trim()) ? AnswerVerdict.Right : AnswerVerdict.Wrong();
        }
        catch (RegexMatchTimeoutException)
        {
            return new(null, AnswerOutcome.TimedOut);
        }
    }

    /// <summary>What is wrong with the pattern, in the words of the engine; null when it can be used.</summary>
    public string? Fault()
    {
        try
        {
            // Alone too, so that brackets which only close around it are not taken.
            _ = Build(Pattern);
            _ = Build($@"\A(?:{Pattern})\z");
            return null;
        }
        catch (RegexParseException wrong)
        {
            return wrong.Message;
        }
    }

    // Without backtracking the time is linear in the answer; what looks around or back cannot be matched so and has the limit alone.
    private Regex Build(string pattern)
    {
        var options = RegexOptions.CultureInvariant | (IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Limit);
        }
    }
}
