using System.Security.Cryptography;
using System.Text;
using Lectern.Identity.Users;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Sessions;

/// <summary>What is read and kept when somebody signs in.</summary>
internal sealed class SignInStore(TenantDb db)
{
    internal sealed record Candidate(UserId UserId, UserState State, string? PasswordHash);

    /// <summary>Who signs in by this name, and whether the name is closed, in one round trip.</summary>
    public async Task<(Candidate? Person, Lockout? Lockout)> Find(string name, CancellationToken ct)
    {
        var batch = db.Batch();
        // An address is looked for before a login name, so nobody can take another's address as a login and be found first.
        var people = batch.Query<Candidate>($"""
            SELECT user_id, state, password_hash FROM users
            WHERE tenant_id = {db.Tenant} AND (email_norm = {name} OR login_norm = {name}) AND state <> 'deleted'
            ORDER BY email_norm IS NOT DISTINCT FROM {name} DESC LIMIT 1
            """);
        var lockouts = batch.Query<Lockout>($"""
            SELECT failures, since_at, locked_until FROM sign_in_failures WHERE tenant_id = {db.Tenant} AND name_hash = {HashOf(name)}
            """);
        await batch.Run(ct);
        return (people.FirstOrDefault(), lockouts.FirstOrDefault());
    }

    /// <summary>Counts a wrong password. Two at once are counted as two, because the row is held while it is judged.</summary>
    public async Task<Lockout> CountFailure(string name, CancellationToken ct)
    {
        var hash = HashOf(name);
        await db.Execute($"""
            INSERT INTO sign_in_failures (tenant_id, name_hash, failures, since_at) VALUES ({db.Tenant}, {hash}, 0, {db.Now})
            ON CONFLICT DO NOTHING
            """, ct);
        var before = await db.Get<Lockout>($"""
            SELECT failures, since_at, locked_until FROM sign_in_failures WHERE tenant_id = {db.Tenant} AND name_hash = {hash} FOR UPDATE
            """, ct);
        var after = Lockout.AfterFailure(before, db.Now);
        await db.Execute($"""
            UPDATE sign_in_failures SET failures = {after.Failures}, since_at = {after.SinceAt}, locked_until = {after.LockedUntil}
            WHERE tenant_id = {db.Tenant} AND name_hash = {hash}
            """, ct);
        // Names nobody has tried for an hour are forgotten here, so that a stranger's guesses do not pile up.
        await db.Execute($"DELETE FROM sign_in_failures WHERE tenant_id = {db.Tenant} AND since_at < {db.Now - TimeSpan.FromHours(1)}", ct);
        return after;
    }

    public Task ForgetFailures(IReadOnlyCollection<string> names, CancellationToken ct) => db.Execute(
        $"DELETE FROM sign_in_failures WHERE tenant_id = {db.Tenant} AND name_hash = ANY ({names.Select(HashOf).ToArray()})", ct);

    public Task Rehash(UserId user, string passwordHash, CancellationToken ct) => db.Execute(
        $"UPDATE users SET password_hash = {passwordHash} WHERE tenant_id = {db.Tenant} AND user_id = {user}", ct);

    internal static byte[] HashOf(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));
}
