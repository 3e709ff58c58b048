namespace Lectern.Courses.Rosters;

internal enum RosterSeverity { Warning, Error }

/// <summary>One thing wrong with a roster, in words for the person who made the file. Line 0 means the file as a whole.</summary>
internal sealed record RosterProblem(
    string File, int Line, string? Column, string Code, string Message, RosterSeverity Severity = RosterSeverity.Error);

/// <summary>
/// The problems of one import. Every one is counted and the first thousand are kept: a file with a wrong column would
/// otherwise store as many rows as it has.
/// </summary>
internal sealed class RosterProblems
{
    internal const int Kept = 1000;

    private readonly List<RosterProblem> kept = [];
    private readonly SortedDictionary<string, int> byCode = new(StringComparer.Ordinal);

    internal IReadOnlyList<RosterProblem> Items => kept;
    internal IReadOnlyDictionary<string, int> ByCode => byCode;
    internal int Errors { get; private set; }
    internal int Warnings { get; private set; }

    /// <summary>One error is enough: half a roster applied is worse than none.</summary>
    internal bool Refuses => Errors > 0;

    internal void Add(RosterProblem problem)
    {
        if (problem.Severity == RosterSeverity.Error) Errors++;
        else Warnings++;
        byCode[problem.Code] = byCode.GetValueOrDefault(problem.Code) + 1;
        if (kept.Count < Kept) kept.Add(problem);
    }

    internal void Error(RosterOrigin at, string? column, string code, string message) =>
        Add(new RosterProblem(at.File, at.Line, column, code, message));

    internal void Warn(RosterOrigin at, string? column, string code, string message) =>
        Add(new RosterProblem(at.File, at.Line, column, code, message, RosterSeverity.Warning));
}

/// <summary>
/// Thrown through the CSV parser, which can only be left that way, when a file cannot be read on; the table that owns
/// the parser turns it into a problem.
/// </summary>
internal sealed class RosterUnreadableException(string code, string message, int line = 0) : Exception(message)
{
    internal string Code => code;
    internal int Line => line;
}
