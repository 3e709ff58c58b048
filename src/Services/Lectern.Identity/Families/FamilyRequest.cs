using System.Globalization;
using Lectern.Identity.Users;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Families;

/// <summary>Checks who is to belong to a family.</summary>
internal sealed class FamilyRequest(UserStore users)
{
    public async Task<Refusal?> Refuses(string? name, IReadOnlyList<FamilyMember> members, CancellationToken ct)
    {
        if (FamilyRule.Refuses(name, members) is { } refusal) return refusal;
        var known = await users.Names([.. members.Select(member => member.UserId)], ct);
        for (var i = 0; i < members.Count; i++)
        {
            if (!known.ContainsKey(members[i].UserId))
                return new("unknown_person", "There is no such person here.", string.Create(CultureInfo.InvariantCulture, $"members.{i}"));
        }

        return null;
    }
}
