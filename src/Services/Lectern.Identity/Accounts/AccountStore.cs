using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;

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

    /// <summary>The account as a place in the tree, if it is there.</summary>
    public static async Task<Scope?> ScopeOf(TenantDb db, long id, CancellationToken ct)
    {
        var found = await db.Query<AccountId>($"SELECT account_id FROM accounts WHERE tenant_id = {db.Tenant} AND account_id = {id}", ct);
        return found.Count == 0 ? null : Account.ScopeOf(found[0]);
    }

    public Task<Account?> FindBySis(string sisId, CancellationToken ct) =>
        db.Find<Account>($"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND sis_id = {sisId}", ct);

    /// <summary>Every account that is in use.</summary>
    public Task<List<Account>> All(CancellationToken ct) =>
        db.Query<Account>($"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND state = 'active'", ct);

    public Task<List<Account>> Of(IReadOnlyList<AccountId> ids, CancellationToken ct) => db.Query<Account>(
        $"SELECT {Sql.Raw(Columns)} FROM accounts WHERE tenant_id = {db.Tenant} AND account_id = ANY ({ids.ToArray()})", ct);

    /// <summary>Makes changes of the tree wait for each other.</summary>
    public async Task HoldTree(CancellationToken ct)
    {
        await db.Begin(ct);
        await db.Query<long>($"SELECT account_id FROM accounts WHERE tenant_id = {db.Tenant} AND parent_id IS NULL FOR UPDATE", ct);
    }

    /// <summary>What is cached of the institution's name and face.</summary>
    public static string CardTag(TenantId tenant) => CacheKey.Of(tenant, KeySpace.Cache, "institution");

    public async Task<Account> Change(AccountId id, string name, AccountSettings settings, CancellationToken ct)
    {
        await db.Begin(ct);
        db.Outdate(CardTag(db.Tenant));
        return await db.Get<Account>($"""
            UPDATE accounts SET name = {name}, settings = {Sql.Json(settings)}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND account_id = {id} RETURNING {Sql.Raw(Columns)}
            """, ct);
    }

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
            VALUES ({db.Tenant}, {parent.AccountId}, ARRAY[]::bigint[], {name}, {sisId}, {Sql.Json(settings)}, {db.Now})
            RETURNING account_id
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
        var moves = parent is not null && parent.AccountId != account.ParentId && !parent.Path.Contains(account.AccountId);
        if (moves) await Move(account, parent!, ct);
        if (account.Name == name && account.State == state) return;
        await db.Execute($"""
            UPDATE accounts SET name = {name}, state = {state}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND account_id = {account.AccountId}
            """, ct);
    }

    /// <summary>Puts an account with all below it under another parent, in the rows and in the tree that access follows.</summary>
    public async Task Move(Account account, Account parent, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE accounts SET path = {parent.Path} || path[{account.Path.Length}:],
                parent_id = CASE WHEN account_id = {account.AccountId} THEN {parent.AccountId} ELSE parent_id END,
                version = CASE WHEN account_id = {account.AccountId} THEN version + 1 ELSE version END
            WHERE tenant_id = {db.Tenant} AND {account.AccountId} = ANY (path)
            """, ct);
        var scope = Account.ScopeOf(account.AccountId);
        await grants.Place(scope, Account.ScopeOf(parent.AccountId), null, null, ct);
        await grants.Reparent(scope, ct);
    }
}
