using Lectern.Identity.Users;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Profile;

/// <summary>A person's own profile. Null for language or time zone: as the institution has it.</summary>
internal sealed record ProfileShown(
    UserId UserId, string Name, string SortableName, string? Pronouns, string? Email, string? LoginName, string? Locale, string? TimeZone,
    string? AvatarUrl, int Version)
{
    public static ProfileShown Of(User user, string? avatarUrl) => new(
        user.UserId, user.Name, user.SortableName, user.Pronouns, user.Email, user.LoginName, user.Locale, user.TimeZone, avatarUrl,
        user.Version);
}
