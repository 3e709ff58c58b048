using Lectern.Contracts.Identity;
using Lectern.Platform.Access;

namespace Lectern.Identity.Accounts;

/// <summary>In which part of the tree the person acting holds a permission, for lists that show only that part.</summary>
internal sealed class AccountReach(Actor actor)
{
    /// <summary>Everywhere, somewhere or nowhere.</summary>
    public Reach Of(Permission permission)
    {
        if (actor.Kind is ActorKind.System || actor.Holds(permission, Scope.Institution)) return new Reach(true, []);
        var accounts = actor.Roles.Where(held => permission.Roles.Contains(held.Role) && actor.RightsAllow(permission))
            .Select(held => held.Scope.Key).Where(key => key.StartsWith("account:", StringComparison.Ordinal))
            .Select(key => AccountId.From(long.Parse(key.AsSpan("account:".Length), System.Globalization.CultureInfo.InvariantCulture)));
        return new Reach(false, [.. accounts.Distinct()]);
    }

    internal sealed record Reach(bool Everywhere, IReadOnlyList<AccountId> Accounts)
    {
        public bool Nowhere => !Everywhere && Accounts.Count == 0;

        public bool Includes(Account account) => Everywhere || account.Path.Any(Accounts.Contains);
    }
}
