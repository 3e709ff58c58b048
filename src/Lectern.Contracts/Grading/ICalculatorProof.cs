namespace Lectern.Contracts.Grading;

/// <summary>Sets the grade calculator against another one.</summary>
public interface ICalculatorProof
{
    /// <summary>
    /// Makes up gradebooks and compares, for every version of the calculator, each total with that of an independent calculator, with what
    /// its own derivation comes to, and with what that version gave when it was published.
    /// </summary>
    /// <param name="gradebooks">How many; the same number makes up the same ones.</param>
    LedgerProof Prove(int gradebooks);
}
