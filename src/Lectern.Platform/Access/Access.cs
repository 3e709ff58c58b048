using Lectern.Platform.Data;

namespace Lectern.Platform.Access;

/// <summary>Answers whether the person acting may do something somewhere. The same rules serve routes, live channels and jobs.</summary>
public sealed class Access(TenantDb db, Actor actor)
{
    private readonly Dictionary<Scope, Scope[]?> paths = [];

    /// <summary>Whether the person holds a role with this permission at the scope or anywhere above it.</summary>
    public async Task<bool> May(Permission permission, Scope scope, CancellationToken ct)
    {
        if (actor.Kind is ActorKind.System) return true;
        if (!actor.RightsAllow(permission)) return false;
        // Most answers need no query: the role is held right here, and so the scope exists.
        if (actor.Holds(permission, scope)) return true;
        if (permission == PlatformPermission.SignedIn) return actor.UserId is not null;
        // Nor is one needed for what the person may do nowhere: what is above makes no difference then.
        if (!actor.Roles.Any(held => permission.Roles.Contains(held.Role))) return false;
        return await Path(scope, ct) is { } path && path.Any(step => actor.Holds(permission, step));
    }

    /// <summary>Whether the person may know that the scope exists: any role there or above it.</summary>
    public async Task<bool> Knows(Scope scope, CancellationToken ct)
    {
        if (actor.Roles.Any(held => held.Scope == scope)) return true;
        return await Path(scope, ct) is { } path && path.Any(step => actor.Roles.Any(held => held.Scope == step));
    }

    /// <summary>
    /// A condition for lists: true for rows whose scope, <paramref name="kind"/> and the id in <paramref name="column"/>, the person
    /// holds the permission at or above. Roles held right at such a scope become a list of ids, which an index can use.
    /// </summary>
    public Sql Filter(Permission permission, string kind, Sql column)
    {
        if (actor.Kind is ActorKind.System || actor.Holds(permission, Scope.Institution)) return Sql.Raw("TRUE");
        var held = actor.Roles.Select(role => role.Scope).Where(scope => actor.Holds(permission, scope)).Distinct().ToList();
        var ids = held.Select(scope => scope.IdOf(kind)).OfType<long>().ToArray();
        var above = held.Where(scope => scope.IdOf(kind) is null).Select(scope => scope.Key).ToArray();
        return $"""
            ({column} = ANY ({ids}) {Sql.When(above.Length > 0, $"""
            OR EXISTS (SELECT 1 FROM scopes held WHERE held.tenant_id = {db.Tenant} AND held.scope = {kind + ":"}
                || {column}::text AND held.path && {above})
            """)})
            """;
    }

    /// <summary>The scope and everything above it, nearest first; null when there is no such scope.</summary>
    public async Task<Scope[]?> Path(Scope scope, CancellationToken ct)
    {
        if (scope == Scope.Institution) return [scope];
        if (paths.TryGetValue(scope, out var known)) return known;
        var path = await db.Value<string[]>($"SELECT path FROM scopes WHERE tenant_id = {db.Tenant} AND scope = {scope.Key}", ct);
        return paths[scope] = path?.Select(key => new Scope(key)).ToArray();
    }
}
