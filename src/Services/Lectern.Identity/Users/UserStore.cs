using Lectern.Contracts.Identity;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Lectern.Identity.Users;

/// <summary>The rows of people.</summary>
internal sealed class UserStore(TenantDb db)
{
    public const string Columns =
        "user_id, name, sortable_name, email, login_name, sis_id, pronouns, locale, time_zone, avatar_file_id, state, version, created_at";

    public Task<User?> Find(UserId id, CancellationToken ct) =>
        db.Find<User>($"SELECT {Sql.Raw(Columns)} FROM users WHERE tenant_id = {db.Tenant} AND user_id = {id} AND state <> 'deleted'", ct);

    public Task<User?> FindByEmail(string email, CancellationToken ct) =>
        db.Find<User>($"SELECT {Sql.Raw(Columns)} FROM users WHERE tenant_id = {db.Tenant} AND email_norm = {Spelling.Login(email)}", ct);

    /// <summary>Adds a person and says so; or answers which field is somebody else's already.</summary>
    public async Task<(User? Added, ProblemHttpResult? Taken)> Add(UserFields fields, string? passwordHash, CancellationToken ct)
    {
        await db.Begin(ct);
        DateTimeOffset? passwordSetAt = passwordHash is null ? null : db.Now;
        var (added, taken) = await Guarded(() => db.Get<User>($"""
            INSERT INTO users (tenant_id, name, sortable_name, name_norm, sortable_norm, email, email_norm, login_name, login_norm, sis_id,
                               pronouns, locale, time_zone, password_hash, password_set_at, created_at)
            VALUES ({db.Tenant}, {fields.Name}, {fields.SortableName}, {Spelling.Name(fields.Name)}, {Spelling.Name(fields.SortableName!)},
                    {fields.Email}, {Spelling.Login(fields.Email)}, {fields.LoginName}, {Spelling.Login(fields.LoginName)}, {fields.SisId},
                    {fields.Pronouns}, {fields.Locale}, {fields.TimeZone}, {passwordHash}, {passwordSetAt}, {db.Now})
            RETURNING {Sql.Raw(Columns)}
            """, ct));
        if (added is null) return (null, taken);
        db.Raise(new PersonAdded(added.UserId, added.Name, added.Email));
        db.Audit(IdentityAudit.PersonAdded, IdentityAudit.Subject(added.UserId));
        return (added, null);
    }

    /// <summary>Sets a password's hash and ends what was asked for to set it.</summary>
    public async Task SetPassword(UserId user, string hash, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE users SET password_hash = {hash}, password_set_at = {db.Now} WHERE tenant_id = {db.Tenant} AND user_id = {user}
            """, ct);
        await db.Execute($"DELETE FROM password_resets WHERE tenant_id = {db.Tenant} AND user_id = {user}", ct);
        db.Audit(IdentityAudit.PasswordSet, IdentityAudit.Subject(user));
    }

    private static async Task<(User?, ProblemHttpResult?)> Guarded(Func<Task<User>> write)
    {
        try
        {
            return (await write(), null);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (null, taken.ConstraintName switch
            {
                "users_by_login" => Problems.Taken("login_name", "Somebody else has this login name."),
                "users_by_sis" => Problems.Taken("sis_id", "Somebody else has this id."),
                _ => Problems.Taken("email", "Somebody else has this e-mail address."),
            });
        }
    }
}
