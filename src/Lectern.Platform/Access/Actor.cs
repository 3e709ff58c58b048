using Lectern.Platform.Tenancy;

namespace Lectern.Platform.Access;

/// <summary>Who acts, and which roles that person holds where, read together with the session in one statement.</summary>
public sealed record Actor(TenantId Tenant, UserId? UserId, ActorKind Kind, IReadOnlyList<HeldRole> Roles)
{
    public Guid? SessionId { get; init; }

    public string? Address { get; init; }

    /// <summary>What an API token may do; null for a person at a browser, who may do all their roles allow.</summary>
    public IReadOnlySet<string>? Rights { get; init; }

    /// <summary>The person, where there must be one.</summary>
    public UserId Person => UserId ?? throw new PersonNeededException();

    public static Actor Nobody(TenantId tenant, string? address = null) => new(tenant, null, ActorKind.Nobody, []) { Address = address };

    public static Actor System(TenantId tenant) => new(tenant, null, ActorKind.System, []);

    /// <summary>The program, at the request of a person.</summary>
    public static Actor Job(TenantId tenant, UserId person) => new(tenant, person, ActorKind.System, []);

    /// <summary>Whose guardian or observer this person is.</summary>
    public IEnumerable<UserId> Observed => Roles.Where(held => held.Role is Role.Observer).Select(held => held.Scope.IdOf("user"))
        .OfType<long>().Distinct().Select(id => new UserId(id));

    public bool RightsAllow(Permission permission) =>
        Rights is null || Rights.Contains("*") || Rights.Contains(permission.Name) || permission.Name == PlatformPermission.SignedIn.Name;

    public bool Holds(Permission permission, Scope scope) =>
        RightsAllow(permission) && Roles.Any(held => held.Scope == scope && permission.Roles.Contains(held.Role));
}

/// <summary>A role at a scope.</summary>
public readonly record struct HeldRole(Role Role, Scope Scope);

public enum ActorKind { Nobody, Person, Token, Service, System }

/// <summary>What was asked is a person's own, and a service asked.</summary>
public sealed class PersonNeededException() : Exception("Only a person can do this.");
