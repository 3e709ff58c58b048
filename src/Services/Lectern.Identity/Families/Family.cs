using System.Text.Json.Serialization;
using Lectern.Contracts.Identity;
using Lectern.Identity.Users;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Families;

/// <summary>Guardians and the learners they answer for.</summary>
[JsonConverter(typeof(IdJson<FamilyId>))]
internal readonly record struct FamilyId(long Value) : IId<FamilyId>
{
    public static FamilyId From(long value) => new(value);

    public static bool TryParse(string? text, out FamilyId id) => IId<FamilyId>.TryRead(text, out id);

    /// <summary>The name under which observers' links and access keep what this family gives.</summary>
    public string Source => $"family:{Value}";
}

internal enum FamilyMemberKind { Guardian, Learner }

/// <summary>Who belongs to a family, and as what.</summary>
internal sealed record FamilyMember(UserId UserId, FamilyMemberKind Kind);

internal sealed record FamilyMemberShown(UserId UserId, FamilyMemberKind Kind, string Name, string? Email);

internal sealed record FamilyShown(
    FamilyId FamilyId, AccountId AccountId, string Name, IReadOnlyList<FamilyMemberShown> Members, int Version);

/// <summary>What makes a family impossible, and what one gives.</summary>
internal static class FamilyRule
{
    private const int LongestName = 200;
    private const int MostMembers = 50;

    public static Refusal? Refuses(string? name, IReadOnlyList<FamilyMember> members)
    {
        if (Spelling.Clean(name) is not { Length: <= LongestName })
            return new("bad_name", $"A family needs a name of at most {LongestName} characters.", "name");
        if (members.Count > MostMembers) return new("too_many_members", $"A family has at most {MostMembers} members.", "members");
        return members.Select(member => member.UserId).Distinct().Count() < members.Count
            ? new("member_twice", "Each person belongs to a family once, as guardian or as learner.", "members")
            : null;
    }

    /// <summary>Every guardian observes every learner.</summary>
    public static IReadOnlyCollection<(UserId Observer, UserId Learner)> Links(IReadOnlyList<FamilyMember> members) =>
    [
        .. from guardian in members where guardian.Kind is FamilyMemberKind.Guardian
           from learner in members where learner.Kind is FamilyMemberKind.Learner
           select (guardian.UserId, learner.UserId),
    ];
}
