using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Access;

/// <summary>
/// Sign-ins and API tokens: rows in the database, so that any server knows them, a restart loses none, and each can be listed
/// and revoked. Only a hash of the secret is kept.
/// </summary>
public sealed class Sessions
{
    private readonly TenantDb db;
    private readonly SharedSessions shared;

    internal Sessions(TenantDb db, SharedSessions shared) => (this.db, this.shared) = (db, shared);

    /// <summary>Begins a session and answers the secret its owner must show. It cannot be shown again.</summary>
    public async Task<(Guid Id, string Secret)> Begin(NewSession session, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(db.Now);
        var secret = Secret.New(db.Tenant);
        await db.Execute($"""
            INSERT INTO sessions (tenant_id, session_id, user_id, kind, token_hash, name, rights, created_at, last_seen_at, expires_at,
                address, agent)
            VALUES ({db.Tenant}, {id}, {session.User}, {session.Kind}, {Secret.Hash(secret)}, {session.Name}, {session.Rights.ToArray()},
                {db.Now}, {db.Now}, {session.ExpiresAt}, {session.Address}, {session.Agent})
            """, ct);
        var known = new SharedSessions.Known(id, session.User, session.Kind, [.. session.Rights], db.Now, session.ExpiresAt);
        db.AfterCommit(() => shared.Keep(db.Tenant, Secret.Hash(secret), known));
        return (id, secret);
    }

    /// <summary>Whose secret this is, with the roles that person holds now; null when it is unknown, expired or revoked.</summary>
    internal async Task<Live?> Find(string secret, CancellationToken ct)
    {
        var hash = Secret.Hash(secret);
        if (await shared.Find(db.Tenant, hash) is { } known)
        {
            Sql user = $"{known.UserId}::bigint";
            var roles = await db.Value<string[]>($"SELECT {RolesOf(user)} AS roles", ct);
            return new Live(known.SessionId, known.UserId, known.Kind, known.Rights, known.LastSeenAt, known.ExpiresAt, roles!);
        }

        var live = await Find((Sql)$"s.token_hash = {hash}", ct);
        // What a standby knows may have been ended since.
        if (live is not null && !db.StoodIn) await shared.Keep(db.Tenant, hash, live.Shared());
        return live;
    }

    /// <summary>The same for a signed token, which names its session: ending the session ends the token.</summary>
    internal Task<Live?> Find(Guid session, CancellationToken ct) => Find((Sql)$"s.session_id = {session}", ct);

    /// <summary>
    /// The same person with the roles held now, for what stays open long after it was allowed; null when the session has ended.
    /// </summary>
    public async Task<Actor?> Again(Actor actor, CancellationToken ct)
    {
        if (actor.SessionId is not { } session) return actor;
        return await Find(session, ct) is { } live ? actor with { Roles = live.Held() } : null;
    }

    private Task<Live?> Find(Sql which, CancellationToken ct) => db.Find<Live>($"""
        SELECT s.session_id, s.user_id, s.kind, s.rights, s.last_seen_at, s.expires_at, {RolesOf((Sql)$"s.user_id")} AS roles
        FROM sessions s
        WHERE s.tenant_id = {db.Tenant} AND {which} AND s.expires_at > {db.Now}
        """, ct);

    private Sql RolesOf(Sql user) => $"""
        ARRAY(
            SELECT CASE WHEN g.role = 'learner' AND p.closes_at <= {db.Now} THEN 'past_learner' ELSE g.role END || ' ' || g.scope
            FROM grants g LEFT JOIN scopes p ON p.tenant_id = {db.Tenant} AND p.scope = g.scope
            WHERE g.tenant_id = {db.Tenant} AND g.user_id = {user}
              AND (g.starts_at IS NULL OR g.starts_at <= {db.Now}) AND (g.ends_at IS NULL OR g.ends_at > {db.Now})
              AND (g.role NOT IN ('learner', 'past_learner') OR p.opens_at <= {db.Now}))
        """;

    /// <summary>Moves the ends of browsers' sessions along with their use. The two lists run in parallel.</summary>
    internal Task<int> Seen(Guid[] sessions, DateTimeOffset[] at, int hours, CancellationToken ct) => db.Execute($"""
        UPDATE sessions s SET last_seen_at = t.at, expires_at = t.at + make_interval(hours => {hours})
        FROM unnest({sessions}, {at}) AS t(session_id, at)
        WHERE s.tenant_id = {db.Tenant} AND s.session_id = t.session_id AND s.kind = 'browser' AND s.last_seen_at < t.at
        """, ct);

    public Task<List<Listed>> List(UserId user, SessionKind kind, CancellationToken ct) => db.Query<Listed>($"""
        SELECT session_id, name, rights, created_at, last_seen_at, expires_at, address, agent FROM sessions
        WHERE tenant_id = {db.Tenant} AND user_id = {user} AND kind = {kind} AND expires_at > {db.Now} ORDER BY last_seen_at DESC
        """, ct);

    /// <summary>Ends one session of a person; false when it was not theirs or has ended.</summary>
    public async Task<bool> End(UserId user, Guid session, CancellationToken ct) =>
        await End((Sql)$"user_id = {user} AND session_id = {session}", ct) == 1;

    /// <summary>Ends everything a person is signed in with, except one session if named.</summary>
    public Task<int> EndAll(UserId user, Guid? except, CancellationToken ct) =>
        End((Sql)$"user_id = {user} AND session_id <> {except ?? Guid.Empty}", ct);

    /// <summary>Ends everything these people are signed in with.</summary>
    public Task<int> EndAll(IReadOnlyCollection<UserId> users, CancellationToken ct) => End((Sql)$"user_id = ANY ({users.ToArray()})", ct);

    private async Task<int> End(Sql which, CancellationToken ct)
    {
        await db.Begin(ct);
        var ended = await db.Query<byte[]>($"DELETE FROM sessions WHERE tenant_id = {db.Tenant} AND {which} RETURNING token_hash", ct);
        shared.End(db, ended);
        return ended.Count;
    }

    internal sealed record Live(
        Guid SessionId, UserId UserId, SessionKind Kind, string[] Rights, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt,
        string[] Roles)
    {
        public SharedSessions.Known Shared() => new(SessionId, UserId, Kind, Rights, LastSeenAt, ExpiresAt);

        public IReadOnlyList<HeldRole> Held() => Array.ConvertAll(Roles, text =>
        {
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            return new HeldRole(SqlValue.ParseEnum<Role>(text[..space]), new Scope(text[(space + 1)..]));
        });
    }

    /// <summary>A session as its owner sees it.</summary>
    public sealed record Listed(
        Guid SessionId, string? Name, string[] Rights, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt,
        string? Address, string? Agent);
}

/// <summary>
/// A session to begin. <see cref="Rights"/> are what an API token may do, <c>*</c> for all that its person may; a browser has none,
/// because there a person's roles say all.
/// </summary>
public sealed record NewSession(
    UserId User, SessionKind Kind, DateTimeOffset ExpiresAt, string? Name, IReadOnlyCollection<string> Rights, string? Address = null,
    string? Agent = null);

public enum SessionKind { Browser, Token }

/// <summary>
/// A secret shown by a browser or a script: <c>lct_{institution}_{256 random bits}</c>. It carries the institution's number, so
/// that a token shown to another institution is recognised and refused rather than merely unknown.
/// </summary>
public static class Secret
{
    private const string Prefix = "lct_";

    public static string New(TenantId tenant) => $"{Prefix}{tenant}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The institution a secret says it belongs to; null when it is not one of ours.</summary>
    public static TenantId? TenantOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var end = secret.IndexOf('_', Prefix.Length);
        return end > 0 && int.TryParse(secret.AsSpan(Prefix.Length, end - Prefix.Length), out var number) ? new TenantId(number) : null;
    }

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What a page must repeat in a header to change anything: a stranger's page can send our cookie but not read this.</summary>
    public static string CsrfToken(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("csrf:" + secret)));
}
