using System.Globalization;
using Lectern.Contracts.Grading;
using Lectern.Hosting;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Sets the grade calculator against an independent one over gradebooks that are made up, and against its own past; and gradebooks as of
/// an instant against what was shown at that instant.
/// </summary>
internal static class CalculatorProofs
{
    private const int Replayed = 5;
    private const int Changes = 60;

    public static async Task<int> Run(Product product, Arguments arguments, CancellationToken ct)
    {
        var gradebooks = int.TryParse(arguments.Of("gradebooks") ?? "10000", CultureInfo.InvariantCulture, out var some) && some > 0
            ? some
            : throw new ArgumentException("--gradebooks is how many to make up, such as 10000.");
        var tally = new Tally();
        await using var scratch = await ScratchInstallation.Open(product, ct);
        var proof = scratch.Services.GetRequiredService<ICalculatorProof>().Prove(gradebooks);
        tally.Count(proof.Attempts - proof.Failures);
        foreach (var finding in proof.Findings) tally.Count(finding);
        Console.WriteLine($"  {gradebooks} gradebooks: {proof.Attempts} numbers compared, {proof.Failures} different");
        await AsOfProof.TryAll(scratch, tally, Replayed, Changes, ct);
        Console.WriteLine($"  {Replayed} gradebooks changed {Changes} times, read as of each: {tally.Attempts - proof.Attempts} numbers");
        return tally.Report("calculator");
    }
}
