using Lectern.Platform.Data;

namespace Lectern.Grading.Answers;

/// <summary>Judges programs by running them. Where they cannot be run, or a check is at fault, a person has to say.</summary>
internal sealed class ProgramGrader(ICodeRunner runner)
{
    private const int LongestSaid = 2000;

    /// <summary>An answer to any question; a program is run.</summary>
    public async Task<ProgramVerdict> Judge(Question question, string answer, CancellationToken ct) =>
        AnswerGrader.Judge(question, answer) is var verdict && verdict.Outcome is AnswerOutcome.Waiting
            ? await Judge(question.Key.Code!, answer, ct)
            : new(verdict, null);

    private async Task<ProgramVerdict> Judge(CodeKey key, string answer, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(answer)) return new(AnswerVerdict.Wrong(AnswerOutcome.NoAnswer), []);
        if (await runner.WhyNot(key.Language, ct) is not null
            || (key.Check is { } needed && await runner.WhyNot(needed.Language, ct) is not null))
            return new(new(null, AnswerOutcome.NotRun), []);
        var results = new TestResultList();
        foreach (var test in key.Tests)
        {
            var run = await runner.Run(new(key.Language, answer, test.Input), ct);
            if (run.End is not RunEnd.Ended) results.Add(new(test.Name, false, run.End, Short(run.Errors), test.Hidden));
            else if (key.Check is null)
                results.Add(new(test.Name, Same(run.Output, test.Expected), run.End, Short(run.Output), test.Hidden));
            else if (await Checked(key.Check, test, run, ct) is { } result) results.Add(result);
            else return new(new(null, AnswerOutcome.CheckFailed), results);
        }

        var share = key.ShareOf(results);
        return new(new(share, share switch { 1 => AnswerOutcome.Right, 0 => AnswerOutcome.Wrong, _ => AnswerOutcome.Partly }), results);
    }

    private async Task<TestResult?> Checked(CodeCheck check, CodeTest test, ProgramRun run, CancellationToken ct)
    {
        var judged = await runner.Run(
            new(check.Language, check.Source, string.Empty)
            {
                Files = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["input"] = test.Input, ["expected"] = test.Expected, ["output"] = run.Output,
                },
            }, ct);
        return judged is { End: RunEnd.Failed, ExitCode: CodeCheck.Right or CodeCheck.Wrong }
            ? new(test.Name, judged.ExitCode == CodeCheck.Right, run.End, Short(judged.Output), test.Hidden)
            : null;
    }

    // Spaces at the ends of lines and empty lines at the end are nobody's mistake.
    private static bool Same(string output, string expected) => Lines(output).SequenceEqual(Lines(expected));

    private static IEnumerable<string> Lines(string text) =>
        text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd());

    private static string Short(string text) => text.Length <= LongestSaid ? text : $"{text[..LongestSaid]}…";
}

/// <summary>What an answer is worth, and how the tests went where it is a program.</summary>
internal sealed record ProgramVerdict(AnswerVerdict Verdict, TestResultList? Results);

[StoredAsJson]
internal sealed class TestResultList : List<TestResult>;
