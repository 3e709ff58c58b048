using Lectern.Contracts.Identity;
using Lectern.Identity.Accounts;
using Lectern.Identity.Observers;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>Answers what other services ask about people.</summary>
internal sealed class People(RosterStore roster, ObserverStore observers, AccountStore accounts) : IPeople
{
    public Task<IReadOnlyList<KnownPerson>> Ensure(IReadOnlyList<RosterPerson> people, CancellationToken ct) => roster.Ensure(people, ct);

    public Task LinkObservers(IReadOnlyList<(UserId Observer, UserId Learner)> links, CancellationToken ct) =>
        observers.Link(links, ObserverStore.Direct, ct);

    public async Task<AccountId> RootAccount(CancellationToken ct) => (await accounts.Root(ct)).AccountId;

    public async Task<IReadOnlyList<KnownAccount>> EnsureAccounts(IReadOnlyList<RosterAccountRow> rows, CancellationToken ct)
    {
        var known = new List<KnownAccount>(rows.Count);
        foreach (var row in rows)
        {
            var named = row.ParentSisId is null ? null : await accounts.FindBySis(row.ParentSisId, ct);
            var parent = named ?? await accounts.Root(ct);
            var account = await accounts.FindBySis(row.SisId, ct);
            if (account is null) account = await accounts.Add(parent, row.Name, row.SisId, AccountSettings.None, ct);
            else if (!account.IsRoot) await accounts.Follow(account, named, row.Name, row.Active, ct);
            known.Add(new KnownAccount(account.AccountId, row.SisId));
        }

        return known;
    }
}
