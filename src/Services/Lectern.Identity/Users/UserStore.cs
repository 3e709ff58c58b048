using Lectern.Contracts.Identity;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
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
        var (added, taken) = await Guarded(() => db.Find<User>($"""
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

    /// <summary>
    /// Changes a person who is still at the version seen. Neither saved nor taken: somebody was faster, or there is no such person.
    /// </summary>
    public async Task<(User? Saved, ProblemHttpResult? Taken)> Update(UserId id, UserFields fields, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        // Links to set a password went to the old address; who reads that mailbox now is unknown.
        if (fields.Email is not null)
        {
            await db.Execute($"""
                DELETE FROM password_resets r USING users u
                WHERE r.tenant_id = {db.Tenant} AND r.user_id = {id} AND u.tenant_id = {db.Tenant} AND u.user_id = {id}
                  AND u.email_norm IS DISTINCT FROM {Spelling.Login(fields.Email)}
                """, ct);
        }

        var (saved, taken) = await Guarded(() => db.Find<User>($"""
            UPDATE users SET name = {fields.Name}, sortable_name = {fields.SortableName}, name_norm = {Spelling.Name(fields.Name)},
                sortable_norm = {Spelling.Name(fields.SortableName!)}, email = {fields.Email}, email_norm = {Spelling.Login(fields.Email)},
                login_name = {fields.LoginName}, login_norm = {Spelling.Login(fields.LoginName)}, sis_id = {fields.SisId},
                pronouns = {fields.Pronouns}, locale = {fields.Locale}, time_zone = {fields.TimeZone}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND user_id = {id} AND version = {seen} AND state <> 'deleted'
            RETURNING {Sql.Raw(Columns)}
            """, ct));
        if (saved is not null) db.Audit(IdentityAudit.PersonChanged, IdentityAudit.Subject(id), new { version = saved.Version });
        return (saved, taken);
    }

    public async Task<User> SetState(UserId id, UserState state, CancellationToken ct)
    {
        await db.Begin(ct);
        db.Audit(IdentityAudit.PersonStateSet, IdentityAudit.Subject(id), new { state });
        return await db.Get<User>($"""
            UPDATE users SET state = {state}, version = version + 1 WHERE tenant_id = {db.Tenant} AND user_id = {id}
            RETURNING {Sql.Raw(Columns)}
            """, ct);
    }

    /// <summary>Names of people by number; those unknown here are missing.</summary>
    public async Task<IReadOnlyDictionary<UserId, string>> Names(IReadOnlyCollection<UserId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<UserId, string>();
        var rows = await db.Query<Named>($"""
            SELECT user_id, name FROM users WHERE tenant_id = {db.Tenant} AND user_id = ANY ({ids.ToArray()}) AND state <> 'deleted'
            """, ct);
        return rows.ToDictionary(row => row.UserId, row => row.Name);
    }

    public async Task<User> SetAvatar(UserId id, FileId avatar, CancellationToken ct)
    {
        await db.Begin(ct);
        db.Audit(IdentityAudit.PersonChanged, IdentityAudit.Subject(id), new { avatar_file_id = avatar });
        return await db.Get<User>($"""
            UPDATE users SET avatar_file_id = {avatar}, version = version + 1 WHERE tenant_id = {db.Tenant} AND user_id = {id}
            RETURNING {Sql.Raw(Columns)}
            """, ct);
    }

    public Task<string?> PasswordOf(UserId id, CancellationToken ct) =>
        db.Value<string>($"SELECT password_hash FROM users WHERE tenant_id = {db.Tenant} AND user_id = {id}", ct);

    /// <summary>Sets a password's hash and ends what was asked for to set it.</summary>
    public async Task SetPassword(UserId user, string hash, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE users SET password_hash = {hash}, password_set_at = {db.Now} WHERE tenant_id = {db.Tenant} AND user_id = {user}
            """, ct);
        await db.Execute($"DELETE FROM password_resets WHERE tenant_id = {db.Tenant} AND user_id = {user}", ct);
        db.Audit(IdentityAudit.PasswordSet, IdentityAudit.Subject(user));
    }

    private static async Task<(User?, ProblemHttpResult?)> Guarded(Func<Task<User?>> write)
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

    private sealed record Named(UserId UserId, string Name);
}
