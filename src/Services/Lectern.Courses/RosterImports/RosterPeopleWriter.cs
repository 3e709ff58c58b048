using Lectern.Contracts.Identity;
using Lectern.Courses.Rosters;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.RosterImports;

/// <summary>Hands accounts, people and observers to Identity, and remembers what was said of those it cannot ask about.</summary>
internal sealed class RosterPeopleWriter(IPeople people, RosterFacts facts)
{
    public async Task Accounts(RosterWork work, CancellationToken ct)
    {
        var stored = work.State.Accounts.ToDictionary(row => row.Item.AccountId, row => row.Item);
        var said = ParentsFirst(work.Of<RosterAccount>(RosterKind.Account)
            .ConvertAll(one => Merged(one.Item, stored.GetValueOrDefault(one.Item.AccountId))));
        var known = await people.EnsureAccounts(
            said.ConvertAll(item => new RosterAccountRow(item.AccountId, item.ParentAccountId, item.Name ?? item.AccountId, item.Live)),
            ct);
        RosterWork.Learn(work.Accounts, known.Select(one => new RosterWork.Made(one.AccountId.Value, one.SisId)));
        await facts.Write("account", said.ConvertAll(item => (item, work.Accounts[item.AccountId])), ct);
    }

    public async Task Users(RosterWork work, CancellationToken ct)
    {
        var said = work.Of<RosterUser>(RosterKind.User);
        var stored = work.State.Users.ToDictionary(row => row.Id, row => row.Item);
        var known = await people.Ensure(said.ConvertAll(one =>
        {
            var before = one.Step.TargetId is { } id ? stored[id] : null;
            return new RosterPerson(
                one.Item.UserId, one.Item.Email, one.Item.Name ?? before?.Name ?? one.Item.Label, one.Item.SortableName,
                work.LoginNames.GetValueOrDefault(one.Item.UserId), one.Item.Status is RosterStatus.Active);
        }), ct);
        for (var at = 0; at < said.Count; at++) work.Users[said[at].Item.UserId] = known[at].UserId.Value;
    }

    public async Task Observers(RosterWork work, CancellationToken ct)
    {
        var said = work.Of<RosterObserver>(RosterKind.Observer);
        await people.LinkObservers(said.ConvertAll(one =>
            (new UserId(work.Users[one.Item.ObserverId]), new UserId(work.Users[one.Item.LearnerId]))), ct);
        await facts.Write("observer", said.ConvertAll(one => (one.Item, work.Users[one.Item.ObserverId])), ct);
    }

    private static RosterAccount Merged(RosterAccount said, RosterAccount? before) =>
        said with { Name = said.Name ?? before?.Name, ParentAccountId = said.ParentAccountId ?? before?.ParentAccountId };

    private static List<RosterAccount> ParentsFirst(List<RosterAccount> said)
    {
        var byId = said.ToDictionary(item => item.AccountId);
        var (ordered, seen) = (new List<RosterAccount>(said.Count), new HashSet<string>());
        foreach (var item in said) Visit(item);
        return ordered;

        void Visit(RosterAccount item)
        {
            if (!seen.Add(item.AccountId)) return;
            if (item.ParentAccountId is { } parent && byId.TryGetValue(parent, out var above)) Visit(above);
            ordered.Add(item);
        }
    }
}
