using Lectern.Platform.Access;
using Lectern.Platform.Http;

namespace Lectern.Identity.ApiTokens;

/// <summary>What a token may be allowed: never more than the person, and never more than the token it is made with.</summary>
internal static class TokenRights
{
    public const string Everything = "*";
    private const int LongestName = 100;
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    public static Refusal? Refuses(string name, IReadOnlyCollection<string> rights, TimeSpan life, Actor actor)
    {
        if (name.Length is 0 or > LongestName)
            return new("bad_name", $"Give the token a name of at most {LongestName} characters, so that you know it again.", "name");
        if (life <= TimeSpan.Zero || life > LongestLife)
            return new("bad_expiry", $"A token ends within {LongestLife.Days} days.", "expires_at");
        if (rights.Count == 0) return new("rights_needed", $"Say what the token may do, or '{Everything}' for all you may.", "rights");
        return rights.FirstOrDefault(right => !MayHold(actor, right)) is { } beyond
            ? new("right_not_held", $"You do not hold '{beyond}' anywhere, so a token of yours cannot.", "rights")
            : null;
    }

    private static bool MayHold(Actor actor, string right)
    {
        if (right == Everything) return actor.Rights is null || actor.Rights.Contains(Everything);
        var permission = PermissionCatalogue.All.FirstOrDefault(known => known.Name == right);
        if (permission is null || !actor.RightsAllow(permission)) return false;
        return permission == PlatformPermission.SignedIn || actor.Roles.Any(held => permission.Roles.Contains(held.Role));
    }
}

/// <summary>A token as its owner sees it afterwards: everything but the secret.</summary>
internal sealed record TokenShown(
    Guid ApiTokenId, string? Name, IReadOnlyList<string> Rights, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt)
{
    public static TokenShown Of(PlatformSessions.Listed row) =>
        new(row.SessionId, row.Name, row.Rights, row.CreatedAt, row.LastSeenAt, row.ExpiresAt);
}
