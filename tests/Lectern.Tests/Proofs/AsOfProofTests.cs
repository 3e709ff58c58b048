using Lectern.Commands.Proofs;
using Lectern.Hosting;

namespace Lectern.Tests.Proofs;

/// <summary>One gradebook of those that <c>lectern prove calculator</c> changes and reads as of each change.</summary>
public sealed class AsOfProofTests
{
    [Fact]
    public async Task A_gradebook_as_of_an_instant_reads_as_it_read_then()
    {
        var tally = new Tally();
        await using var scratch = await ScratchInstallation.Open(
            new Product(Program.Services), TestContext.Current.CancellationToken);

        await AsOfProof.TryAll(scratch, tally, gradebooks: 1, changes: 50, TestContext.Current.CancellationToken);

        Assert.True(tally.Failures.Count == 0, string.Join('\n', tally.Failures.Take(10)));
        Assert.True(tally.Attempts > 3_000);
    }
}
