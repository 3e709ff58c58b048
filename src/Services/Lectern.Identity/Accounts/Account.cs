using Lectern.Contracts.Identity;
using Lectern.Platform.Access;

namespace Lectern.Identity.Accounts;

/// <summary>The institution (the root) or one of its sub-accounts. <see cref="Path"/> runs from the root down to this account.</summary>
internal sealed record Account(
    AccountId AccountId, AccountId? ParentId, AccountId[] Path, string Name, string? SisId, AccountSettings Settings, AccountState State,
    int Version)
{
    public bool IsRoot => ParentId is null;

    /// <summary>Where roles given at this account hold: those of the root hold everywhere, the institution's own pages included.</summary>
    public Scope RoleScope => IsRoot ? Scope.Institution : ScopeOf(AccountId);

    public static Scope ScopeOf(AccountId id) => Scope.Of("account", id.Value);
}

internal enum AccountState { Active, Deleted }
