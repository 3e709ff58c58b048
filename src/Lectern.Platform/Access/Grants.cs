using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Access;

/// <summary>
/// Gives and takes roles, and places scopes in the institution's tree. Services call this in the transaction that makes it true
/// (an enrolment, an administrator's appointment), so access can never lag behind.
/// </summary>
public sealed class Grants(TenantDb db)
{
    public Task Give(UserId user, Role role, Scope scope, string source, CancellationToken ct, DateTimeOffset? startsAt = null,
        DateTimeOffset? endsAt = null) =>
        db.Execute($"""
            INSERT INTO grants (tenant_id, user_id, scope, role, source, starts_at, ends_at)
            VALUES ({db.Tenant}, {user}, {scope.Key}, {role}, {source}, {startsAt}::timestamptz, {endsAt}::timestamptz)
            ON CONFLICT (tenant_id, user_id, scope, role, source) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at
            """, ct);

    /// <summary>Gives many roles at once. The three lists run in parallel; each source names what gave that role.</summary>
    public Task GiveMany(IReadOnlyList<UserId> users, IReadOnlyList<Role> roles, IReadOnlyList<Scope> scopes, IReadOnlyList<string> sources,
        CancellationToken ct) =>
        db.Execute($"""
            INSERT INTO grants (tenant_id, user_id, scope, role, source)
            SELECT {db.Tenant}, u, s, r, o
            FROM unnest({users.ToArray()}, {scopes.Select(scope => scope.Key).ToArray()}, {roles.ToArray()}, {sources.ToArray()})
                AS t(u, s, r, o)
            ON CONFLICT DO NOTHING
            """, ct);

    /// <summary>Takes back whatever these sources gave.</summary>
    public Task Withdraw(Scope scope, IReadOnlyList<UserId> users, IReadOnlyList<string> sources, CancellationToken ct) =>
        db.Execute($"""
            DELETE FROM grants g USING unnest({users.ToArray()}, {sources.ToArray()}) AS t(u, o)
            WHERE g.tenant_id = {db.Tenant} AND g.user_id = t.u AND g.scope = {scope.Key} AND g.source = t.o
            """, ct);

    /// <summary>
    /// Makes what these people hold from these sources exactly what <paramref name="wanted"/> selects (user_id, scope, role, source,
    /// starts_at, ends_at): gives what is missing, moves dates, takes back the rest. The two lists run in parallel.
    /// </summary>
    public Task Sync(IReadOnlyList<UserId> users, IReadOnlyList<string> sources, Sql wanted, CancellationToken ct) =>
        db.Execute($"""
            WITH wanted AS MATERIALIZED ({wanted}),
            gone AS (
                DELETE FROM grants g USING unnest({users.ToArray()}, {sources.ToArray()}) AS t(u, o)
                WHERE g.tenant_id = {db.Tenant} AND g.user_id = t.u AND g.source = t.o AND NOT EXISTS (
                    SELECT 1 FROM wanted w WHERE w.user_id = g.user_id AND w.scope = g.scope AND w.role = g.role AND w.source = g.source))
            INSERT INTO grants (tenant_id, user_id, scope, role, source, starts_at, ends_at)
            SELECT {db.Tenant}, w.user_id, w.scope, w.role, w.source, w.starts_at, w.ends_at FROM wanted w
            ON CONFLICT (tenant_id, user_id, scope, role, source) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at
            WHERE (grants.starts_at, grants.ends_at) IS DISTINCT FROM (excluded.starts_at, excluded.ends_at)
            """, ct);

    /// <summary>Puts a scope into the tree, under its parent, with the dates that bind learners there.</summary>
    public Task Place(Scope scope, Scope parent, DateTimeOffset? opensAt, DateTimeOffset? closesAt, CancellationToken ct) =>
        db.Execute($"""
            INSERT INTO scopes (tenant_id, scope, path, opens_at, closes_at)
            SELECT {db.Tenant}, {scope.Key}, ARRAY[{scope.Key}] || COALESCE(
                (SELECT p.path FROM scopes p WHERE p.tenant_id = {db.Tenant} AND p.scope = {parent.Key}), ARRAY['institution']),
                {opensAt}::timestamptz, {closesAt}::timestamptz
            ON CONFLICT (tenant_id, scope) DO UPDATE SET path = excluded.path, opens_at = excluded.opens_at, closes_at = excluded.closes_at
            """, ct);

    /// <summary>Puts all scopes that <paramref name="wanted"/> selects (scope, parent, opens_at, closes_at) into the tree.</summary>
    public Task PlaceAll(Sql wanted, CancellationToken ct) =>
        db.Execute($"""
            INSERT INTO scopes (tenant_id, scope, path, opens_at, closes_at)
            SELECT {db.Tenant}, w.scope, ARRAY[w.scope] || COALESCE(p.path, ARRAY['institution']), w.opens_at, w.closes_at
            FROM ({wanted}) w LEFT JOIN scopes p ON p.tenant_id = {db.Tenant} AND p.scope = w.parent
            ON CONFLICT (tenant_id, scope) DO UPDATE SET path = excluded.path, opens_at = excluded.opens_at, closes_at = excluded.closes_at
            WHERE (scopes.path, scopes.opens_at, scopes.closes_at) IS DISTINCT FROM (excluded.path, excluded.opens_at, excluded.closes_at)
            """, ct);

    /// <summary>Takes scopes out of the tree: from now on nothing is known there. What was granted at them goes too.</summary>
    public Task Remove(IReadOnlyList<Scope> scopes, CancellationToken ct) =>
        db.Execute($"""
            WITH gone AS (
                DELETE FROM grants WHERE tenant_id = {db.Tenant} AND scope = ANY ({scopes.Select(scope => scope.Key).ToArray()}))
            DELETE FROM scopes WHERE tenant_id = {db.Tenant} AND scope = ANY ({scopes.Select(scope => scope.Key).ToArray()})
            """, ct);

    /// <summary>Moves everything below a scope along with it, after the scope itself has been placed anew.</summary>
    public Task Reparent(Scope scope, CancellationToken ct) =>
        db.Execute($"""
            UPDATE scopes s SET path = s.path[1:array_position(s.path, {scope.Key}) - 1] || p.path
            FROM scopes p
            WHERE s.tenant_id = {db.Tenant} AND p.tenant_id = {db.Tenant} AND p.scope = {scope.Key}
              AND s.scope <> {scope.Key} AND {scope.Key} = ANY (s.path)
            """, ct);

    /// <summary>Why a person may do what they may at a scope: each role, where it is held, and what gave it.</summary>
    public Task<List<HeldGrant>> Explain(UserId user, Scope scope, CancellationToken ct) =>
        db.Query<HeldGrant>($"""
            SELECT g.role, g.scope, g.source, g.starts_at, g.ends_at, s.opens_at, s.closes_at
            FROM grants g LEFT JOIN scopes s ON s.tenant_id = {db.Tenant} AND s.scope = g.scope
            WHERE g.tenant_id = {db.Tenant} AND g.user_id = {user}
              AND (g.scope = 'institution' OR g.scope = ANY (
                  SELECT unnest(p.path) FROM scopes p WHERE p.tenant_id = {db.Tenant} AND p.scope = {scope.Key}))
            ORDER BY g.scope, g.role
            """, ct);

    /// <summary>Everything a person holds, wherever: the first thousand, by scope.</summary>
    public Task<List<HeldGrant>> Of(UserId user, CancellationToken ct) =>
        db.Query<HeldGrant>($"""
            SELECT g.role, g.scope, g.source, g.starts_at, g.ends_at, s.opens_at, s.closes_at
            FROM grants g LEFT JOIN scopes s ON s.tenant_id = {db.Tenant} AND s.scope = g.scope
            WHERE g.tenant_id = {db.Tenant} AND g.user_id = {user} ORDER BY g.scope, g.role LIMIT 1000
            """, ct);

    /// <summary>
    /// A condition for lists of people: the person in this column holds the role (any, when null) at the scope or below it.
    /// </summary>
    public Sql Holding(Sql userColumn, Role? role, Scope? within) => $"""
        EXISTS (SELECT 1 FROM grants g LEFT JOIN scopes s ON s.tenant_id = {db.Tenant} AND s.scope = g.scope
                WHERE g.tenant_id = {db.Tenant} AND g.user_id = {userColumn}
                {Sql.When(role is not null, $"AND g.role = {role}")}
                {Sql.When(within is not null, $"AND (g.scope = {within?.Key} OR {within?.Key} = ANY (s.path))")})
        """;

    /// <summary>A column for lists of people: the names of all roles the person in this column holds anywhere.</summary>
    public Sql RolesOf(Sql userColumn) => $"""
        ARRAY(SELECT DISTINCT g.role FROM grants g WHERE g.tenant_id = {db.Tenant} AND g.user_id = {userColumn} ORDER BY g.role)
        """;

    /// <summary>Everyone who holds a role at a scope or above it.</summary>
    public Task<List<UserId>> Holders(Role role, Scope scope, CancellationToken ct) =>
        db.Query<UserId>($"""
            SELECT DISTINCT g.user_id FROM grants g
            WHERE g.tenant_id = {db.Tenant} AND g.role = {role} AND (g.scope = 'institution' OR g.scope = ANY (
                SELECT unnest(p.path) FROM scopes p WHERE p.tenant_id = {db.Tenant} AND p.scope = {scope.Key}))
            """, ct);
}

/// <summary>One reason for access: a role, where it holds, what gave it, and the dates that bound it.</summary>
public sealed record HeldGrant(
    Role Role, string Scope, string Source, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? OpensAt,
    DateTimeOffset? ClosesAt);
