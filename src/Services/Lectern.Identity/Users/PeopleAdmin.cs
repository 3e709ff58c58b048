using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.Passwords;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>Adds the first people of an institution, from the command line.</summary>
internal sealed class PeopleAdmin(UserStore users, RoleStore roles, AccountStore accounts, PasswordVault vault) : IPeopleAdmin
{
    public async Task<UserId> AddWithPassword(string name, string email, string password, CancellationToken ct)
    {
        var hash = vault.Hash(password);
        if (await users.FindByEmail(email, ct) is { } known)
        {
            await users.SetPassword(known.UserId, hash, ct);
            return known.UserId;
        }

        var fields = new UserFields(name, Email: email).Tidy();
        if (fields.Refuses() is { } refusal) throw new ArgumentException(refusal.Because);
        var (added, _) = await users.Add(fields, hash, ct);
        return added?.UserId ?? throw new InvalidOperationException($"{email} was added by somebody else at the same moment.");
    }

    public async Task MakeAdministrator(UserId user, CancellationToken ct) =>
        await roles.Give(await accounts.Root(ct), user, Role.Administrator, ct);

    public async Task<UserId?> Find(string email, CancellationToken ct) =>
        await users.FindByEmail(email, ct) is { State: UserState.Active } user ? user.UserId : null;
}
