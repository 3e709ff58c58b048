using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Audit;

/// <summary>What was done, by a stable name: <c>gradebook.read</c>.</summary>
public readonly record struct AuditAction(string Name);

/// <summary>Actions of the platform itself.</summary>
public static class PlatformAudit
{
    /// <summary>A token of one institution was shown to another.</summary>
    public static readonly AuditAction ForeignToken = new("access.foreign_token");

    /// <summary>Two ways of naming the institution disagreed.</summary>
    public static readonly AuditAction TenantDispute = new("access.tenant_dispute");

    public static readonly AuditAction AuditRead = new("audit.read");

    public static readonly AuditAction FileRead = new("file.read");

    /// <summary>All of this came out of a backup of an institution.</summary>
    public static readonly AuditAction InstitutionRestored = new("institution.restored");
}

internal static class AuditLog
{
    public static Sql Append(Tenant tenant, Actor actor, AuditAction action, string subject, object? detail, DateTimeOffset now) => $"""
        INSERT INTO audit_entries (tenant_id, audit_entry_id, at, actor_id, actor_kind, action, subject, address, detail, era)
        VALUES ({tenant.Id}, {Guid.CreateVersion7(now)}, {now}, {actor.UserId?.Value}, {actor.Kind}, {action.Name}, {subject},
            {actor.Address},
                {Sql.Json(detail)}, {tenant.Era})
        """;
}

/// <summary>One line of the audit log. It holds numbers; the names are those of today.</summary>
/// <param name="SubjectName">Whom it is about, where that is a person.</param>
internal sealed record AuditEntry(
    Guid AuditEntryId, DateTimeOffset At, UserId? ActorId, string? ActorName, string ActorKind, string Action, string Subject,
    string? SubjectName, string? Address, System.Text.Json.JsonElement? Detail);

/// <summary>Lets the platform show names in its own lists without knowing who keeps them; the service that knows people answers.</summary>
public interface IPersonNames
{
    /// <summary>A scalar for inside a query of the platform: the name of the person with the number in <paramref name="person"/>.</summary>
    Sql Of(Sql person);
}
