using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Identity.Users;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;

namespace Lectern.Identity.Accounts;

/// <summary>What an account may decide for itself and everything below it. Null: as the account above has it.</summary>
[StoredAsJson]
internal sealed partial record AccountSettings(
    string? Locale = null, string? TimeZone = null, string? Accent = null, FileId? LogoFileId = null)
{
    private const double LeastContrast = 4.5;

    public static AccountSettings None { get; } = new();

    /// <summary>Why these cannot be settings; null when they can.</summary>
    public Refusal? Refuses()
    {
        if (UserFields.RefusesLocale(Locale) is { } locale) return locale with { Field = "settings.locale" };
        if (UserFields.RefusesTimeZone(TimeZone) is { } zone) return zone with { Field = "settings.time_zone" };
        if (Accent is null) return null;
        if (!Colour().IsMatch(Accent)) return new("bad_accent", $"'{Accent}' is not a colour such as '#1f5fbf'.", "settings.accent");
        return ContrastWithWhite(Accent) < LeastContrast
            ? new("accent_too_light", "White text on this colour would be hard to read. Choose a darker one.", "settings.accent")
            : null;
    }

    /// <summary>Contrast ratio of a colour and white by WCAG 2.2, 1 to 21.</summary>
    internal static double ContrastWithWhite(string accent)
    {
        double Channel(int at)
        {
            var value = int.Parse(accent.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        var luminance = (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
        return 1.05 / (luminance + 0.05);
    }

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();
}
