using Lectern.Platform.Audit;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Commands.Proofs;

/// <summary>Changes an audit log behind the application's back, as somebody with the database's own password could, and expects to be
/// found out.</summary>
internal static class AuditTampering
{
    private const string Forged = "INSERT INTO audit_entries (tenant_id, audit_entry_id, at, actor_kind, action, subject, era, tx) "
        + "SELECT tenant_id, gen_random_uuid(), at, actor_kind, action, 'forged', era, ";

    private static readonly string[] Ways =
    [
        "UPDATE audit_entries SET action = 'proof.nothing' WHERE tenant_id = $1 AND subject = '3'",
        "UPDATE audit_entries SET actor_id = 99 WHERE tenant_id = $1 AND subject = '3'",
        "UPDATE audit_entries SET at = at - interval '1 day' WHERE tenant_id = $1 AND subject = '3'",
        "UPDATE audit_entries SET detail = '{}' WHERE tenant_id = $1 AND subject = '3'",
        "DELETE FROM audit_entries WHERE tenant_id = $1 AND subject = '3'",
        "DELETE FROM audit_entries WHERE tenant_id = $1",
        Forged + "tx FROM audit_entries WHERE tenant_id = $1 LIMIT 1",
        Forged + "'3' FROM audit_entries WHERE tenant_id = $1 LIMIT 1",
        "DELETE FROM audit_seals WHERE tenant_id = $1 AND seal_no = 2",
        "UPDATE audit_seals SET entries = entries - 1 WHERE tenant_id = $1 AND seal_no = 1",
        "UPDATE audit_seals SET root = seal WHERE tenant_id = $1 AND seal_no = 1",
    ];

    public static async Task TryAll(ScratchInstallation scratch, Tally tally, CancellationToken ct)
    {
        for (var way = 0; way < Ways.Length; way++)
        {
            var tenant = await scratch.Services.GetRequiredService<TenantAdmin>().Create(new NewTenant($"tampered-{way}", "Tampered"), ct);
            for (var batch = 0; batch < 3; batch++) await WriteAndSeal(scratch, tenant, ct);
            var verifier = scratch.Services.GetRequiredService<AuditVerifier>();
            var before = await verifier.Verify(tenant, ct);
            tally.Count(before.Faults.Count == 0 && before.Seals >= 3 ? null
                : $"an untouched log was not accepted: {string.Join("; ", before.Faults)}");
            await scratch.ChangeBehindItsBack(tenant, Ways[way], ct);
            tally.Count((await verifier.Verify(tenant, ct)).Faults.Count > 0 ? null : $"not found out: {Ways[way]}");
        }
    }

    private static async Task WriteAndSeal(ScratchInstallation scratch, Tenant tenant, CancellationToken ct)
    {
        await scratch.Services.GetRequiredService<TenantScopes>().Do(tenant.Id, services =>
        {
            var db = services.GetRequiredService<TenantDb>();
            for (var i = 0; i < 5; i++) db.Audit(new AuditAction("proof.done"), $"{i}", new { i });
            return Task.FromResult(true);
        }, ct);
        var database = scratch.Services.GetRequiredService<TenantDirectory>().Database(tenant.Cell.DatabaseId);
        await scratch.Services.GetRequiredService<AuditSealer>().SealCell(database, tenant.Cell, ct);
    }
}
