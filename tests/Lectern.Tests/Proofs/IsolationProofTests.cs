using Lectern.Commands.Proofs;
using Lectern.Hosting;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Tests.Proofs;

/// <summary>The isolation proof at the scale of a test: one placement, no pooler. <c>lectern prove isolation</c> runs all of it.</summary>
public sealed class IsolationProofTests
{
    [Fact]
    public async Task Nothing_of_one_institution_reaches_another()
    {
        var said = new List<string>();
        var tally = await IsolationProof.Prove(
            new Product(Program.Services), new IsolationProof.Scale([CellKind.Pooled], Pooler: false), said.Add,
                TestContext.Current.CancellationToken);

        Assert.True(tally.Failures.Count == 0, string.Join('\n', tally.Failures.Take(20)));
        Assert.True(tally.Attempts > 2_000, $"Only {tally.Attempts} attempts were made: {string.Join('\n', said)}");
    }

    [Fact]
    public void The_mutation_is_off_by_itself_and_takes_every_tenant_predicate_away()
    {
        Sql sql = $"SELECT 1 FROM a JOIN b ON b.tenant_id = {new TenantId(7)} WHERE tenant_id = {new TenantId(7)} AND a.id = {3L}";
        Assert.Equal("SELECT 1 FROM a JOIN b ON b.tenant_id = $1 WHERE tenant_id = $2 AND a.id = $3", sql.ToCommand().CommandText);
        Assert.Equal(
            "SELECT 1 FROM a JOIN b ON ($1 IS NOT NULL) WHERE ($2 IS NOT NULL) AND a.id = $3",
                TenantFilterMutation.Without(sql.ToString()));
    }
}
