using System.Text.RegularExpressions;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>A person of the institution.</summary>
internal sealed record User(
    UserId UserId, string Name, string SortableName, string? Email, string? LoginName, string? SisId, string? Pronouns, string? Locale,
    string? TimeZone, FileId? AvatarFileId, UserState State, int Version, DateTimeOffset CreatedAt);

internal enum UserState { Active, Suspended, Deleted }

/// <summary>What can be said of a person, and what is refused.</summary>
internal sealed partial record UserFields(
    string Name, string? SortableName = null, string? Email = null, string? LoginName = null, string? SisId = null, string? Pronouns = null,
    string? Locale = null, string? TimeZone = null)
{
    private const int LongestName = 200;

    /// <summary>The same with outer spaces gone and empty fields left out.</summary>
    public UserFields Tidy()
    {
        var name = Spelling.Clean(Name) ?? string.Empty;
        return new(
            name, Spelling.Clean(SortableName) ?? PersonName.Sortable(name), Spelling.Clean(Email), Spelling.Clean(LoginName),
            Spelling.Clean(SisId), Spelling.Clean(Pronouns), Spelling.Clean(Locale), Spelling.Clean(TimeZone));
    }

    /// <summary>Why this cannot be a person; null when it can.</summary>
    public Refusal? Refuses()
    {
        if (Name.Length is 0 or > LongestName)
            return new("bad_name", $"A person needs a name of at most {LongestName} characters.", "name");
        if (SortableName?.Length > LongestName)
            return new("bad_name", $"A name may have at most {LongestName} characters.", "sortable_name");
        if (Email is not null && !LooksLikeEmail().IsMatch(Email)) return new("bad_email", $"'{Email}' is not an e-mail address.", "email");
        if (LoginName?.Length > 100) return new("bad_login_name", "A login name may have at most 100 characters.", "login_name");
        if (SisId?.Length > 255) return new("bad_sis_id", "An id may have at most 255 characters.", "sis_id");
        if (Pronouns?.Length > 40) return new("bad_pronouns", "Pronouns may have at most 40 characters.", "pronouns");
        return RefusesLocale(Locale) ?? RefusesTimeZone(TimeZone);
    }

    public static Refusal? RefusesLocale(string? locale) => locale is null || LanguageTag().IsMatch(locale)
        ? null
        : new("bad_locale", $"'{locale}' is not a language tag such as 'en' or 'ar-EG'.", "locale");

    public static Refusal? RefusesTimeZone(string? zone) => zone is null || IsKnownZone(zone)
        ? null
        : new("bad_time_zone", $"'{zone}' is not a time zone such as 'Europe/Berlin'.", "time_zone");

    // The operating system's list, and the Unicode one where a slim system carries none.
    private static bool IsKnownZone(string zone) =>
        zone == "UTC" || (zone.Contains('/', StringComparison.Ordinal) && !zone.Contains("..", StringComparison.Ordinal)
            && (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) || TimeZoneInfo.TryConvertIanaIdToWindowsId(zone, out _)));

    // Whether an address receives mail only mail can tell; this refuses what surely is none.
    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)*$")]
    private static partial Regex LooksLikeEmail();

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}
