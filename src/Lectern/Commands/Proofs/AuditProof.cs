using Lectern.Hosting;
using Lectern.Platform.Audit;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Recomputes the audit chains of every institution of this installation. Then, in a scratch installation, tampers with a chain in
/// every way it knows: a verifier that finds nothing because it cannot find anything proves nothing.
/// </summary>
internal static class AuditProof
{
    public static async Task<int> Run(Product product, Arguments arguments, CancellationToken ct)
    {
        var tally = new Tally();
        await using (var installed = await Installed.Open(product, ServePart.None, migrate: true, ct))
        {
            var verifier = installed.Services.GetRequiredService<AuditVerifier>();
            foreach (var tenant in await installed.Services.GetRequiredService<TenantDirectory>().List(ct))
            {
                var verdict = await verifier.Verify(tenant, ct);
                tally.Count(verdict.Seals + verdict.Entries - verdict.Faults.Count);
                foreach (var fault in verdict.Faults) tally.Count(fault);
                var faults = verdict.Faults.Count;
                Console.WriteLine($"  {tenant.Slug,-24} {verdict.Seals,7} seals {verdict.Entries,9} entries {faults,4} faults");
            }
        }

        await using var scratch = await ScratchInstallation.Open(product, ct);
        await AuditTampering.TryAll(scratch, tally, ct);
        return tally.Report("audit");
    }
}
