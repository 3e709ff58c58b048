using System.Text.Json.Serialization;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Accounts;

/// <summary>The number of one role given to one person at one account.</summary>
[JsonConverter(typeof(IdJson<RoleAssignmentId>))]
internal readonly record struct RoleAssignmentId(long Value) : IId<RoleAssignmentId>
{
    public static RoleAssignmentId From(long value) => new(value);

    public static bool TryParse(string? text, out RoleAssignmentId id) => IId<RoleAssignmentId>.TryRead(text, out id);

    /// <summary>The name under which access keeps what this gave.</summary>
    public string Source => $"role_assignment:{Value}";
}

/// <summary>A role given at an account, with the person who has it.</summary>
internal sealed record RoleAssignment(
    RoleAssignmentId RoleAssignmentId, AccountId AccountId, UserId UserId, string Name, string? Email, Role Role, DateTimeOffset CreatedAt);

/// <summary>The rows of roles given at accounts, each with its grant.</summary>
internal sealed class RoleStore(TenantDb db, Grants grants)
{
    /// <summary>Roles given at the account and at those above it, which hold in it as well.</summary>
    public Task<List<RoleAssignment>> List(Account account, CancellationToken ct) => Query((Sql)$"a.account_id = ANY ({account.Path})", ct);

    public async Task<RoleAssignment?> Find(AccountId account, RoleAssignmentId id, CancellationToken ct) =>
        (await Query((Sql)$"a.account_id = {account} AND a.role_assignment_id = {id}", ct)).FirstOrDefault();

    /// <summary>Gives a role at an account and everything below. Giving it again answers the first.</summary>
    public async Task<RoleAssignment> Give(Account account, UserId user, Role role, CancellationToken ct)
    {
        var added = await db.Execute($"""
            INSERT INTO role_assignments (tenant_id, account_id, user_id, role, created_at)
            VALUES ({db.Tenant}, {account.AccountId}, {user}, {role}, {db.Now}) ON CONFLICT DO NOTHING
            """, ct);
        var given = (await Query((Sql)$"a.account_id = {account.AccountId} AND a.user_id = {user} AND a.role = {role}", ct))[0];
        if (added == 0) return given;
        await grants.Give(user, role, account.RoleScope, given.RoleAssignmentId.Source, ct);
        db.Audit(IdentityAudit.RoleGiven, IdentityAudit.Subject(user), new { role, account_id = account.AccountId });
        return given;
    }

    public async Task Take(Account account, RoleAssignment given, CancellationToken ct)
    {
        await db.Execute($"""
            DELETE FROM role_assignments WHERE tenant_id = {db.Tenant} AND role_assignment_id = {given.RoleAssignmentId}
            """, ct);
        await grants.Withdraw(account.RoleScope, [given.UserId], [given.RoleAssignmentId.Source], ct);
        db.Audit(IdentityAudit.RoleTaken, IdentityAudit.Subject(given.UserId), new { given.Role, account_id = account.AccountId });
    }

    private Task<List<RoleAssignment>> Query(Sql which, CancellationToken ct) => db.Query<RoleAssignment>($"""
        SELECT a.role_assignment_id, a.account_id, a.user_id, u.name, u.email, a.role, a.created_at
        FROM role_assignments a JOIN users u ON u.tenant_id = {db.Tenant} AND u.user_id = a.user_id
        WHERE a.tenant_id = {db.Tenant} AND {which} ORDER BY u.sortable_norm, a.role_assignment_id LIMIT 1000
        """, ct);
}
