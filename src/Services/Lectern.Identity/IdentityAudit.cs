using Lectern.Platform.Audit;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity;

/// <summary>What this service writes into the audit log.</summary>
internal static class IdentityAudit
{
    public static readonly AuditAction SignedIn = new("session.begun");
    public static readonly AuditAction SignInRefused = new("session.refused");
    public static readonly AuditAction SessionEnded = new("session.ended");
    public static readonly AuditAction TokenMade = new("api_token.made");
    public static readonly AuditAction TokenRevoked = new("api_token.revoked");
    public static readonly AuditAction ResetAsked = new("password.reset_asked");
    public static readonly AuditAction PasswordSet = new("password.set");
    public static readonly AuditAction PeopleListed = new("people.listed");
    public static readonly AuditAction PersonRead = new("person.read");
    public static readonly AuditAction PersonAdded = new("person.added");
    public static readonly AuditAction PersonChanged = new("person.changed");
    public static readonly AuditAction PersonStateSet = new("person.state_set");
    public static readonly AuditAction AccessExplained = new("access.explained");
    public static readonly AuditAction ObserverLinked = new("observer.linked");
    public static readonly AuditAction ObserverUnlinked = new("observer.unlinked");
    public static readonly AuditAction AccountAdded = new("account.added");
    public static readonly AuditAction AccountChanged = new("account.changed");
    public static readonly AuditAction RoleGiven = new("role.given");
    public static readonly AuditAction RoleTaken = new("role.taken");
    public static readonly AuditAction FamilyRead = new("family.read");
    public static readonly AuditAction FamilyAdded = new("family.added");
    public static readonly AuditAction FamilyChanged = new("family.changed");

    /// <summary>A person as the subject of an entry.</summary>
    public static string Subject(UserId user) => $"user:{user.Value}";
}
