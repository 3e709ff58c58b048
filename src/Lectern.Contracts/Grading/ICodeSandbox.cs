namespace Lectern.Contracts.Grading;

/// <summary>Where programs that learners hand in are run.</summary>
public interface ICodeSandbox
{
    /// <summary>Why none is run here, in words for who runs the installation; null when they are.</summary>
    Task<string?> WhyNot(CancellationToken ct);
}
