using System.Globalization;
using Lectern.Identity.Accounts;
using Lectern.Identity.Families;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>Finds every reason why a person may see a place, or anything at all.</summary>
internal sealed class AccessExplanation(TenantDb db, Grants grants, UserStore users, AccountStore accounts, FamilyStore families)
{
    private const int MostObserved = 50;

    /// <summary>All that the person holds, wherever it is.</summary>
    public async Task<IReadOnlyList<AccessReason>> Everything(UserId person, CancellationToken ct)
    {
        var held = await grants.Of(person, ct);
        var words = await WordsFor(held, ct);
        return held.ConvertAll(grant => words.Explain(grant));
    }

    /// <summary>What reaches this place: roles there and above it, and the learners there whom the person observes.</summary>
    public async Task<IReadOnlyList<AccessReason>> At(UserId person, Scope place, CancellationToken ct)
    {
        var direct = await grants.Explain(person, place, ct);
        var observed = (await grants.Of(person, ct)).Where(grant => grant.Role is Role.Observer && Learner(grant.Scope) is not null)
            .Take(MostObserved).ToList();
        var words = await WordsFor([.. direct, .. observed], ct);
        var reasons = direct.ConvertAll(grant => words.Explain(grant));
        foreach (var link in observed)
        {
            var there = (await grants.Explain(Learner(link.Scope)!.Value, place, ct)).FirstOrDefault(grant => grant.Role is Role.Learner);
            if (there is null) continue;
            var via = $"{words.Place(link.Scope)} learns in {words.Place(there.Scope)}.";
            reasons.Add(words.Explain(link, char.ToUpperInvariant(via[0]) + via[1..]));
        }

        return reasons;
    }

    private async Task<AccessWords> WordsFor(IReadOnlyList<HeldGrant> held, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var people = await users.Names([.. held.Select(grant => Learner(grant.Scope)).OfType<UserId>().Distinct()], ct);
        foreach (var (id, name) in people) names[$"user:{id.Value}"] = name;
        foreach (var account in await accounts.All(ct)) names[account.RoleScope.Key] = account.Name;
        var sources = held.Select(grant => grant.Source).Where(source => source.StartsWith("family:", StringComparison.Ordinal)).Distinct();
        foreach (var source in sources)
        {
            if (!FamilyId.TryParse(source["family:".Length..], out var id)) continue;
            if (await families.NameOf(id, ct) is { } name) names[source] = name;
        }

        return new AccessWords(names, db.Now);
    }

    private static UserId? Learner(string scope) =>
        scope.StartsWith("user:", StringComparison.Ordinal) && long.TryParse(scope.AsSpan(5), CultureInfo.InvariantCulture, out var id)
            ? UserId.From(id)
            : null;
}
