using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Identity.Accounts;

/// <summary>Sees to it that an institution always has an administrator who can sign in.</summary>
internal sealed class Administrators(TenantDb db, Grants grants)
{
    public static Refusal LastOne { get; } = new(
        "last_administrator", "Nobody would be left to administer the institution. Make somebody else an administrator first.", "user_id");

    /// <summary>Makes those who would remove administrators wait for each other, so that two cannot remove the last two.</summary>
    public async Task Hold(CancellationToken ct)
    {
        await db.Begin(ct);
        await db.Query<long>($"SELECT account_id FROM accounts WHERE tenant_id = {db.Tenant} AND parent_id IS NULL FOR UPDATE", ct);
    }

    /// <summary>Whether no active person administers the institution any more; asked after the change and before it is kept.</summary>
    public async Task<bool> NoneLeft(CancellationToken ct)
    {
        var holders = await grants.Holders(Role.Administrator, Scope.Institution, ct);
        return await db.Value<int>($"""
            SELECT count(*)::int FROM users WHERE tenant_id = {db.Tenant} AND user_id = ANY ({holders.ToArray()}) AND state = 'active'
            """, ct) == 0;
    }
}
