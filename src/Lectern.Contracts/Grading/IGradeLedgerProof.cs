namespace Lectern.Contracts.Grading;

/// <summary>Works out again what was folded from the ledger of grades, for the institution of the scope it is taken from.</summary>
public interface IGradeLedgerProof
{
    /// <summary>
    /// Compares every grade with its newest entry, every row of every gradebook with what the course's calculator makes of the grades, the
    /// work and the rules, and the queue of ungraded work with the rows. Nothing is changed.
    /// </summary>
    Task<LedgerProof> Prove(CancellationToken ct);
}

/// <summary>How much was compared, how much differed, and the first of the differences in words.</summary>
public sealed record LedgerProof(long Attempts, long Failures, IReadOnlyList<string> Findings);
