using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.PasswordResets;

/// <summary>Links by which people set a new password: one hour, once, and only their hash is kept.</summary>
internal sealed class ResetStore(TenantDb db)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    internal sealed record Asked(UserId UserId, string? Email, string? LoginName);

    /// <summary>
    /// Makes a link and tells whoever mails it. Everything is written with the commit, so that an answer about somebody known takes
    /// as long as one about nobody.
    /// </summary>
    public void Ask(User user)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.AtCommit($"""
            INSERT INTO password_resets (tenant_id, token_hash, user_id, created_at, expires_at)
            VALUES ({db.Tenant}, {HashOf(token)}, {user.UserId}, {db.Now}, {db.Now + Life})
            """);
        db.Raise(new PasswordResetRequested(user.UserId, user.Email!, token));
        db.Audit(IdentityAudit.ResetAsked, IdentityAudit.Subject(user.UserId));
    }

    /// <summary>Whose link this is; null when it is unknown, too old or used.</summary>
    public Task<Asked?> Find(string token, CancellationToken ct) => db.Find<Asked>($"""
        SELECT u.user_id, u.email, u.login_name FROM password_resets r
        JOIN users u ON u.tenant_id = {db.Tenant} AND u.user_id = r.user_id AND u.state = 'active'
        WHERE r.tenant_id = {db.Tenant} AND r.token_hash = {HashOf(token)} AND r.expires_at > {db.Now}
        """, ct);

    /// <summary>Takes the link out of use; false when another request was faster with it.</summary>
    public async Task<bool> Use(string token, CancellationToken ct) => await db.Execute(
        $"DELETE FROM password_resets WHERE tenant_id = {db.Tenant} AND token_hash = {HashOf(token)}", ct) == 1;

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
