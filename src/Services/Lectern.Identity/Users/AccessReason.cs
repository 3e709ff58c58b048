using System.Globalization;
using Lectern.Platform.Access;

namespace Lectern.Identity.Users;

/// <summary>One reason why a person may do something: a role, where it is held, what gave it, and whether it counts now.</summary>
internal sealed record AccessReason(
    Role Role, string Scope, string Source, string Because, bool Active, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt);

/// <summary>Puts a grant into words. Pure: the names it needs are handed in.</summary>
internal sealed class AccessWords(IReadOnlyDictionary<string, string> names, DateTimeOffset now)
{
    public AccessReason Explain(HeldGrant grant, string? via = null)
    {
        var active = IsActive(grant);
        var because = $"{RoleName(grant.Role)} {Preposition(grant)} {Place(grant.Scope)}{Given(grant.Source)}.{Dates(grant, active)}";
        return new AccessReason(
            grant.Role, grant.Scope, grant.Source, via is null ? because : $"{because} {via}", active, grant.StartsAt, grant.EndsAt,
            grant.OpensAt, grant.ClosesAt);
    }

    /// <summary>A learner enters when the place opens; everybody else is bound only by the role's own dates.</summary>
    public bool IsActive(HeldGrant grant) =>
        (grant.StartsAt is null || grant.StartsAt <= now) && (grant.EndsAt is null || grant.EndsAt > now)
        && (grant.Role is not Role.Learner || grant.OpensAt <= now);

    /// <summary><c>course:42</c> as <c>course 42</c>, with the name where this service knows it.</summary>
    public string Place(string scope)
    {
        var words = scope == "institution" ? "the institution" : scope.Replace(':', ' ');
        return names.TryGetValue(scope, out var name) ? $"{words} ({name})" : words;
    }

    private string Given(string source)
    {
        var at = source.IndexOf(':', StringComparison.Ordinal);
        var (kind, id) = at < 0 ? (source, string.Empty) : (source[..at], source[(at + 1)..]);
        return kind switch
        {
            "enrollment" => $", by enrolment {id}",
            "role_assignment" => $", by role {id} given there",
            "family" => $", as guardian in the family {(names.TryGetValue(source, out var family) ? $"'{family}' ({id})" : id)}",
            "observer" => ", by an observer's link",
            _ => $", by {kind.Replace('_', ' ')}{(id.Length == 0 ? string.Empty : " " + id)}",
        };
    }

    private string Dates(HeldGrant grant, bool active)
    {
        if (grant.StartsAt > now) return $" It begins on {Day(grant.StartsAt.Value)}.";
        if (grant.EndsAt <= now) return $" It ended on {Day(grant.EndsAt.Value)}.";
        if (grant.Role is not Role.Learner) return string.Empty;
        if (grant.OpensAt is null) return " It is not open to learners.";
        if (!active) return $" It opens to learners on {Day(grant.OpensAt.Value)}.";
        return grant.ClosesAt <= now ? $" It closed on {Day(grant.ClosesAt.Value)}: reading only." : string.Empty;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Preposition(HeldGrant grant) => grant.Role is Role.Learner or Role.PastLearner ? "in" : "of";

    private static string RoleName(Role role) => role switch
    {
        Role.TeachingAssistant => "Teaching assistant",
        Role.PastLearner => "Past learner",
        _ => role.ToString(),
    };
}
