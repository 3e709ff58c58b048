using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

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
    public async Task<bool> NoneLeft(CancellationToken ct) =>
        await NoneLeft(await grants.Holders(Role.Administrator, Scope.Institution, ct), ct);

    /// <summary>Whether these people, suspended just now, were the last who administered the institution.</summary>
    public async Task<bool> EndedWith(IReadOnlyCollection<UserId> suspended, CancellationToken ct)
    {
        var holders = await grants.Holders(Role.Administrator, Scope.Institution, ct);
        return holders.Intersect(suspended).Any() && await NoneLeft(holders, ct);
    }

    private async Task<bool> NoneLeft(List<UserId> holders, CancellationToken ct) => await db.Value<int>($"""
        SELECT count(*)::int FROM users WHERE tenant_id = {db.Tenant} AND user_id = ANY ({holders.ToArray()}) AND state = 'active'
        """, ct) == 0;
}
