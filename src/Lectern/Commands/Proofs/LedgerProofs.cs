using Lectern.Contracts.Grading;
using Lectern.Hosting;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Works out again, for every institution of this installation, what was folded from its ledger of grades. Then, in a scratch
/// installation, lets graders and learners write at once and compares again, and damages the result in every way it knows: each must be
/// found.
/// </summary>
internal static class LedgerProofs
{
    public static async Task<int> Run(Product product, Arguments arguments, CancellationToken ct)
    {
        var tally = new Tally();
        await using (var installed = await Installed.Open(product, ServePart.None, migrate: true, ct))
        {
            foreach (var tenant in await installed.Services.GetRequiredService<TenantDirectory>().List(ct))
            {
                var proof = await Of(installed.Services, tenant, ct);
                tally.Count(proof.Attempts - proof.Failures);
                foreach (var finding in proof.Findings) tally.Count($"{tenant.Slug}: {finding}");
                Console.WriteLine($"  {tenant.Slug,-24} {proof.Attempts,9} compared {proof.Failures,6} different");
            }
        }

        await using var scratch = await ScratchInstallation.Open(product, ct);
        await LedgerDamage.TryAll(scratch, tally, ct);
        return tally.Report("ledger");
    }

    public static Task<LedgerProof> Of(IServiceProvider services, Tenant tenant, CancellationToken ct) =>
        services.GetRequiredService<TenantScopes>().Do(tenant.Id, inside => inside.GetRequiredService<IGradeLedgerProof>().Prove(ct), ct);
}
