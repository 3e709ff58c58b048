using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Resilience;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Lectern.Platform.Audit;

/// <summary>The audit log for those who answer for records. Reading it is itself recorded.</summary>
internal static class AuditRoutes
{
    /// <summary>The person an entry is about: <c>user:5</c>, <c>learner:12:5</c> of a course, <c>assignment:7:5</c>.</summary>
    private const string PersonIn = "^(?:user|learner:\\d+|assignment:\\d+):(\\d+)$";

    internal sealed record SealListed(long SealNo, int Era, int Entries, string Hash, DateTimeOffset SealedAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit-entries", List).RequirePermission(PlatformPermission.ReadAudit).ReadsMayLag(ReadPurpose.Reporting).CanWait();
        routes.MapGet("/audit-seals", Seals).RequirePermission(PlatformPermission.ReadAudit).ReadsMayLag(ReadPurpose.Reporting).CanWait();
    }

    /// <summary>Lists what was done and seen, newest first, by who, what or when.</summary>
    private static async Task<Page<AuditEntry>> List(
        UserId? actor, string? action, string? subject, DateTimeOffset? from, DateTimeOffset? to, PageRequest page, TenantDb db,
        IPersonNames names, CancellationToken ct)
    {
        var before = Guid.TryParse(page.After, out var last) ? last : Guid.AllBitsSet;
        var rows = await db.Query<AuditEntry>($"""
            SELECT audit_entry_id, at, actor_id, {names.Of((Sql)$"actor_id")} AS actor_name, actor_kind, action, subject,
                {names.Of((Sql)$"substring(subject FROM {PersonIn})::bigint")} AS subject_name, address, detail FROM audit_entries
            WHERE tenant_id = {db.Tenant} AND audit_entry_id < {before}
            {Sql.When(actor is not null, $"AND actor_id = {actor}")} {Sql.When(action is not null, $"AND action = {action}")}
            {Sql.When(subject is not null, $"AND subject = {subject}")}
            {Sql.When(from is not null, $"AND at >= {from}")} {Sql.When(to is not null, $"AND at < {to}")}
            ORDER BY audit_entry_id DESC LIMIT {page.Rows}
            """, ct);
        db.Audit(PlatformAudit.AuditRead, "audit", new { actor = actor?.Value, action, subject });
        return Page<AuditEntry>.From(rows, page, row => row.AuditEntryId.ToString());
    }

    /// <summary>Lists the seals that close the log, newest first.</summary>
    private static async Task<Page<SealListed>> Seals(PageRequest page, TenantDb db, CancellationToken ct)
    {
        var before = page.AfterId == 0 ? long.MaxValue : page.AfterId;
        var rows = await db.Query<SealListed>($"""
            SELECT seal_no, era, entries, encode(seal, 'hex') AS hash, sealed_at FROM audit_seals
            WHERE tenant_id = {db.Tenant} AND seal_no < {before} ORDER BY seal_no DESC LIMIT {page.Rows}
            """, ct);
        return Page<SealListed>.From(rows, page, row => row.SealNo.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
