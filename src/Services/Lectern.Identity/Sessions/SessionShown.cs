using Lectern.Identity.Institution;
using Lectern.Identity.Users;
using Lectern.Platform.Access;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Sessions;

/// <summary>The person signed in, as their own page shows them.</summary>
internal sealed record Me(
    UserId UserId, string Name, string SortableName, string? Email, string? LoginName, string Locale, string TimeZone, string? AvatarUrl,
    string? Pronouns)
{
    /// <summary>Language and time zone fall back to the institution's.</summary>
    public static Me Of(User user, string? avatarUrl, InstitutionShown institution) => new(
        user.UserId, user.Name, user.SortableName, user.Email, user.LoginName, user.Locale ?? institution.Locale,
        user.TimeZone ?? institution.TimeZone, avatarUrl, user.Pronouns);
}

/// <summary>A role and where it is held: <c>course:42</c>, <c>account:3</c>, <c>user:7</c> or <c>institution</c>.</summary>
internal sealed record RoleShown(Role Role, string Scope);
