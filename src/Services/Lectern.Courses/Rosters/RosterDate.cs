using System.Globalization;

namespace Lectern.Courses.Rosters;

/// <summary>Dates as rosters write them: ISO 8601, with the day's month before its day. UTC where no offset is given.</summary>
internal static class RosterDate
{
    // 1/05/2023 is not here on purpose: it is two different days on two sides of an ocean.
    private static readonly string[] Formats =
    [
        "yyyy-M-d", "yyyy-M-d'T'H:m", "yyyy-M-d H:m", "yyyy-M-d'T'H:m:s", "yyyy-M-d H:m:s",
        "yyyy-M-d'T'H:m:s.FFFFFFF", "yyyy-M-d H:m:s.FFFFFFF", "yyyy-M-d'T'H:mK", "yyyy-M-d H:mK",
        "yyyy-M-d'T'H:m:sK", "yyyy-M-d H:m:sK", "yyyy-M-d H:m:s K", "yyyy-M-d'T'H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFFK",
    ];

    internal static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
