using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Identity.Accounts;

/// <summary>The rows of accounts, and their places in the tree that access follows.</summary>
internal sealed class AccountStore(TenantDb db, Grants grants)
{
    private const string Columns = "account_id, parent_id, path, name, sis_id, settings, state, version";

    /// <summary>The institution's own account; made with the institution, so it is always there.</summary>
    public Task<Account> Root(CancellationToken ct) =>
        db.Get<Account>($"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND parent_id IS NULL", ct);

    public Task<Account?> Find(AccountId id, CancellationToken ct) =>
        db.Find<Account>($"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND account_id = {id}", ct);

    public Task<Account?> FindBySis(string sisId, CancellationToken ct) =>
        db.Find<Account>($"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND sis_id = {sisId}", ct);

    /// <summary>Makes the root account unless there is one.</summary>
    public async Task EnsureRoot(string name, CancellationToken ct)
    {
        await db.Begin(ct);
        var id = await db.Value<AccountId?>($"""
            INSERT INTO accounts (tenant_id, path, name, created_at) VALUES ({db.Tenant}, ARRAY[]::bigint[], {name}, {db.Now})
            ON CONFLICT DO NOTHING RETURNING account_id
            """, ct);
        if (id is not { } made) return;
        await db.Execute($"UPDATE accounts SET path = ARRAY[{made}] WHERE tenant_id = {db.Tenant} AND account_id = {made}", ct);
        await grants.Place(Account.ScopeOf(made), Scope.Institution, null, null, ct);
    }

    /// <summary>Adds a sub-account under its parent.</summary>
    public async Task<Account> Add(Account parent, string name, string? sisId, AccountSettings settings, CancellationToken ct)
    {
        await db.Begin(ct);
        var id = await db.Get<AccountId>($"""
            INSERT INTO accounts (tenant_id, parent_id, path, name, sis_id, settings, created_at)
            VALUES ({db.Tenant}, {parent.AccountId}, ARRAY[]::bigint[], {name}, {sisId}, {Sql.Json(settings)}, {db.Now}) RETURNING account_id
            """, ct);
        await db.Execute(
            $"UPDATE accounts SET path = {parent.Path} || {id}::bigint WHERE tenant_id = {db.Tenant} AND account_id = {id}", ct);
        await grants.Place(Account.ScopeOf(id), Account.ScopeOf(parent.AccountId), null, null, ct);
        return (await Find(id, ct))!;
    }

    /// <summary>Follows what a roster says of a known account; a parent that would make a circle is left alone.</summary>
    public async Task Follow(Account account, Account? parent, string name, bool active, CancellationToken ct)
    {
        var state = active ? AccountState.Active : AccountState.Deleted;
        if (parent is not null && parent.AccountId != account.ParentId && !parent.Path.Contains(account.AccountId)) await Move(account, parent, ct);
        if (account.Name == name && account.State == state) return;
        await db.Execute($"""
            UPDATE accounts SET name = {name}, state = {state}, version = version + 1 WHERE tenant_id = {db.Tenant} AND account_id = {account.AccountId}
            """, ct);
    }

    /// <summary>Puts an account with all below it under another parent, in the rows and in the tree that access follows.</summary>
    public async Task Move(Account account, Account parent, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE accounts SET path = {parent.Path} || path[{account.Path.Length}:], version = version + 1,
                parent_id = CASE WHEN account_id = {account.AccountId} THEN {parent.AccountId} ELSE parent_id END
            WHERE tenant_id = {db.Tenant} AND {account.AccountId} = ANY (path)
            """, ct);
        var scope = Account.ScopeOf(account.AccountId);
        await grants.Place(scope, Account.ScopeOf(parent.AccountId), null, null, ct);
        await grants.Reparent(scope, ct);
    }
}
