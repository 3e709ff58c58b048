using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.Observers;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Families;

/// <summary>The rows of families. Who observes whom follows from them in the same transaction.</summary>
internal sealed class FamilyStore(TenantDb db, ObserverStore observers)
{
    internal sealed record Row(FamilyId FamilyId, AccountId AccountId, string Name, int Version);

    private sealed record MemberRow(FamilyId FamilyId, UserId UserId, FamilyMemberKind Kind, string Name, string? Email);

    public Task<Row?> Find(FamilyId id, CancellationToken ct) => db.Find<Row>(
        $"SELECT family_id, account_id, name, version FROM families WHERE tenant_id = {db.Tenant} AND family_id = {id}", ct);

    public Task<string?> NameOf(FamilyId id, CancellationToken ct) =>
        db.Value<string>($"SELECT name FROM families WHERE tenant_id = {db.Tenant} AND family_id = {id}", ct);

    /// <summary>The account a family belongs to, as the place where access to it is decided.</summary>
    public static async Task<Scope?> ScopeOf(TenantDb db, long id, CancellationToken ct) =>
        await db.Value<AccountId?>($"SELECT account_id FROM families WHERE tenant_id = {db.Tenant} AND family_id = {id}", ct) is { } account
            ? Account.ScopeOf(account)
            : null;

    /// <summary>Families by name: those in the person's part of the tree, and those the person belongs to.</summary>
    public async Task<Page<FamilyShown>> List(
        AccountReach.Reach reach, UserId? member, string? search, PageRequest page, CancellationToken ct)
    {
        var (afterName, afterId) = page.AfterKey;
        var prefix = Spelling.Name(search ?? string.Empty);
        Sql own = $"""
            EXISTS (SELECT 1 FROM family_members m WHERE m.tenant_id = {db.Tenant} AND m.family_id = f.family_id AND m.user_id = {member})
            """;
        Sql inReach = $"""
            EXISTS (SELECT 1 FROM accounts a
                    WHERE a.tenant_id = {db.Tenant} AND a.account_id = f.account_id AND a.path && {reach.Accounts.ToArray()})
            """;
        var rows = await db.Query<Row>($"""
            SELECT f.family_id, f.account_id, f.name, f.version FROM families f
            WHERE f.tenant_id = {db.Tenant} AND (f.name_norm, f.family_id) > ({afterName}, {afterId})
            {Sql.When(prefix.Length > 0, $"AND f.name_norm >= {prefix} AND f.name_norm < {Spelling.AfterPrefix(prefix)}")}
            {Sql.When(!reach.Everywhere, $"AND ({inReach} {Sql.When(member is not null, $"OR {own}")})")}
            ORDER BY f.name_norm, f.family_id LIMIT {page.Rows}
            """, ct);
        return Page<FamilyShown>.From(
            await WithMembers(rows, ct), page, last => PageRequest.Key(Spelling.Name(last.Name), last.FamilyId.Value));
    }

    public async Task<List<FamilyShown>> WithMembers(IReadOnlyList<Row> families, CancellationToken ct)
    {
        if (families.Count == 0) return [];
        var members = (await db.Query<MemberRow>($"""
            SELECT m.family_id, m.user_id, m.kind, u.name, u.email FROM family_members m
            JOIN users u ON u.tenant_id = {db.Tenant} AND u.user_id = m.user_id AND u.state <> 'deleted'
            WHERE m.tenant_id = {db.Tenant} AND m.family_id = ANY ({families.Select(family => family.FamilyId).ToArray()})
            ORDER BY m.kind, u.sortable_norm, m.user_id
            """, ct)).ToLookup(row => row.FamilyId);
        return [.. families.Select(family => new FamilyShown(
            family.FamilyId, family.AccountId, family.Name,
            [.. members[family.FamilyId].Select(row => new FamilyMemberShown(row.UserId, row.Kind, row.Name, row.Email))],
            family.Version))];
    }

    public async Task<FamilyShown> Add(AccountId account, string name, IReadOnlyList<FamilyMember> members, CancellationToken ct)
    {
        await db.Begin(ct);
        var row = await db.Get<Row>($"""
            INSERT INTO families (tenant_id, account_id, name, name_norm, created_at)
            VALUES ({db.Tenant}, {account}, {name}, {Spelling.Name(name)}, {db.Now}) RETURNING family_id, account_id, name, version
            """, ct);
        db.Audit(IdentityAudit.FamilyAdded, row.FamilyId.Source, new { members });
        return await SetMembers(row, members, ct);
    }

    /// <summary>Changes a family that is still at the version seen; null when somebody was faster.</summary>
    public async Task<FamilyShown?> Change(FamilyId id, string name, IReadOnlyList<FamilyMember> members, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        var row = await db.Find<Row>($"""
            UPDATE families SET name = {name}, name_norm = {Spelling.Name(name)}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND family_id = {id} AND version = {seen} RETURNING family_id, account_id, name, version
            """, ct);
        if (row is null) return null;
        db.Audit(IdentityAudit.FamilyChanged, id.Source, new { members });
        return await SetMembers(row, members, ct);
    }

    private async Task<FamilyShown> SetMembers(Row family, IReadOnlyList<FamilyMember> members, CancellationToken ct)
    {
        await db.Execute($"DELETE FROM family_members WHERE tenant_id = {db.Tenant} AND family_id = {family.FamilyId}", ct);
        await db.Execute($"""
            INSERT INTO family_members (tenant_id, family_id, user_id, kind)
            SELECT {db.Tenant}, {family.FamilyId}, u, k
            FROM unnest({members.Select(member => member.UserId).ToArray()}, {members.Select(member => member.Kind).ToArray()}) AS t(u, k)
            """, ct);
        await observers.Replace(FamilyRule.Links(members), family.FamilyId.Source, ct);
        return (await WithMembers([family], ct))[0];
    }
}
