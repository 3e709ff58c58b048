namespace Lectern.Grading.Answers;

/// <summary>Right is a program that passes its tests; it earns the share of their points that it passes.</summary>
/// <param name="Language">One of those the operator has named.</param>
/// <param name="Check">A program that judges what the answer wrote; none: it has to be the expected output.</param>
internal sealed record CodeKey(string Language, IReadOnlyList<CodeTest> Tests, CodeCheck? Check = null)
{
    /// <summary>What of the points the passed tests earn.</summary>
    public decimal ShareOf(IReadOnlyList<TestResult> results)
    {
        var all = Tests.Sum(test => test.Points);
        var passed = Tests.Zip(results).Where(one => one.Second.Passed).Sum(one => one.First.Points);
        return all == 0 ? 0 : passed / all;
    }
}

/// <summary>A run of the program: what it reads, and what it should write.</summary>
/// <param name="Hidden">Learners are told that it failed, and not what it was.</param>
internal sealed record CodeTest(string Name, string Input, string Expected, decimal Points, bool Hidden);

/// <summary>
/// A program that finds in its folder the files <c>input</c>, <c>expected</c> and <c>output</c>, and ends as output validators of the
/// problem package format do: with 42 where the output is right and with 43 where it is wrong. Anything else, 0 and 1 above all, is how
/// programs end that broke or forgot to judge. What it writes is told with the mark.
/// </summary>
internal sealed record CodeCheck(string Language, string Source)
{
    public const int Right = 42;
    public const int Wrong = 43;
}

/// <summary>What became of one test.</summary>
/// <param name="Said">What the program wrote, or what was wrong with it, shortened.</param>
internal sealed record TestResult(string Name, bool Passed, RunEnd End, string Said, bool Hidden)
{
    /// <summary>As a learner is told.</summary>
    public TestResult ForLearner() => Hidden ? this with { Name = string.Empty, Said = string.Empty } : this;
}

/// <summary>How a program came to its end.</summary>
internal enum RunEnd
{
    Ended,
    Failed,
    TookTooLong,
    WroteTooMuch,
    TookTooMuchMemory,
    BegotTooMany,
}
