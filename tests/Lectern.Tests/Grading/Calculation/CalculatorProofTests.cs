using Lectern.Grading.Calculation;
using Lectern.Grading.Calculation.Proof;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>What `lectern prove calculator` runs.</summary>
public class CalculatorProofTests
{
    [Fact]
    public void Every_version_gives_what_an_independent_one_gives_and_what_it_was_published_with()
    {
        var proof = new CalculatorProof().Prove(500);
        Assert.Equal([], proof.Findings);
        Assert.True(proof.Attempts > 2_000);
    }

    [Fact]
    public void Every_version_was_published() => Assert.Equal(GradeCalculator.Versions, CalculatorProof.Published.Keys);

    [Fact]
    public void A_seed_stands_for_one_gradebook() =>
        Assert.Equal(RandomGradebook.Of(42).Items.AsEnumerable(), RandomGradebook.Of(42).Items);
}
