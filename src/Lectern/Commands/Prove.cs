using Lectern.Commands.Proofs;
using Lectern.Hosting;

namespace Lectern.Commands;

/// <summary>Tries to break a promise and says how often it tried and how often it succeeded.</summary>
internal static class Prove
{
    private static readonly Dictionary<string, Func<Product, Arguments, CancellationToken, Task<int>>> Proofs = new(StringComparer.Ordinal)
    {
        ["isolation"] = IsolationProof.Run,
        ["audit"] = AuditProof.Run,
        ["ledger"] = LedgerProofs.Run,
        ["calculator"] = CalculatorProofs.Run,
    };

    public static Task<int> Run(Product product, Arguments arguments)
    {
        var name = arguments.Need(0, $"What to prove ({string.Join(", ", Proofs.Keys)})");
        return Proofs.TryGetValue(name, out var proof)
            ? proof(product, arguments, CancellationToken.None)
            : throw new ArgumentException($"There is no proof '{name}'. There are: {string.Join(", ", Proofs.Keys)}.");
    }
}
