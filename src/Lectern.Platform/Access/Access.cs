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
        // Most answers need no query: the role is held here, or at the top.
        if (actor.Holds(permission, scope) || actor.Holds(permission, Scope.Institution)) return true;
        if (permission == PlatformPermission.SignedIn) return actor.UserId is not null;
        return await Path(scope, ct) is { } path && path.Any(step => actor.Holds(permission, step));
    }

    /// <summary>Whether the person may know that the scope exists: any role there or above it.</summary>
    public async Task<bool> Knows(Scope scope, CancellationToken ct)
    {
        if (actor.Roles.Any(held => held.Scope == scope || held.Scope == Scope.Institution)) return true;
        return await Path(scope, ct) is { } path && path.Any(step => actor.Roles.Any(held => held.Scope == step));
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
