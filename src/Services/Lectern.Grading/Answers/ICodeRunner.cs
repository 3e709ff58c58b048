namespace Lectern.Grading.Answers;

/// <summary>Runs programs that nobody trusts, where they can reach and harm nothing, and not for long.</summary>
internal interface ICodeRunner
{
    /// <summary>The languages programs may be in.</summary>
    IReadOnlyCollection<string> Languages { get; }

    /// <summary>Why programs in this language cannot be run here, for who runs the installation; null when they can.</summary>
    Task<string?> WhyNot(string language, CancellationToken ct);

    Task<ProgramRun> Run(ProgramToRun program, CancellationToken ct);
}

/// <summary>A program and what it reads.</summary>
internal sealed record ProgramToRun(string Language, string Source, string Input)
{
    /// <summary>Files it finds in its folder.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}

/// <summary>What became of it.</summary>
/// <param name="Output">What it wrote, as far as it may.</param>
/// <param name="Errors">What it wrote as errors.</param>
internal sealed record ProgramRun(RunEnd End, int ExitCode, string Output, string Errors);
