using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Platform.Http;

namespace Lectern.Courses.Courses;

/// <summary>How far a course has come. Learners enter only published courses, and read concluded ones.</summary>
internal enum CourseStatus { Draft, Published, Concluded, Deleted }

/// <summary>A course as it is stored and shown.</summary>
/// <param name="Credits">What it weighs in a grade point average; null: it counts in none.</param>
internal sealed record Course(
    CourseId CourseId, AccountId AccountId, TermId? TermId, string? TermName, string Code, string Title, string Description,
    CourseStatus Status,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, string TimeZone, string? Color,
    string? SisId,
    DateTimeOffset CreatedAt, int Learners, int Version, decimal? Credits)
{
    /// <summary>
    /// Why the status cannot change so; null when it can. A course goes draft, published, concluded; concluding can be undone at any
    /// time, publishing only while no learner can have been inside, because their work would vanish from their sight.
    /// </summary>
    internal Refusal? Refuses(CourseStatus next, DateTimeOffset now) => (Status, next) switch
    {
        (_, CourseStatus.Deleted) => new Refusal("status_unknown", "A course is draft, published or concluded.", "status"),
        (CourseStatus.Draft, CourseStatus.Concluded) =>
        new Refusal("status_order", "A draft is published before it can be concluded.", "status"),
        (CourseStatus.Concluded, CourseStatus.Draft) =>
        new Refusal("status_order", "Reopen the course first; then it can become a draft.", "status"),
        (CourseStatus.Published, CourseStatus.Draft) when Learners > 0 && OpensAt <= now =>
            new Refusal("course_in_use", "Learners are in this course already, so it cannot become a draft again. Conclude it instead.",
                "status"),
        _ => null,
    };
}

/// <summary>What a person may say about a course.</summary>
internal sealed record CourseForm(
    string? Code, string? Title, string? Description, TermId? TermId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? TimeZone,
    string? Color, decimal? Credits = null)
{
    private const decimal MostCredits = 999.99m;
    private const int CreditPlaces = 2;

    private static readonly System.Text.RegularExpressions.Regex ColorShape = new("^#[0-9a-fA-F]{6}$");

    /// <summary>Why this cannot be a course; null when it can.</summary>
    internal Refusal? Refuses()
    {
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 255) return new Refusal("title_required",
            "A course needs a title of at most 255 characters.", "title");
        if (string.IsNullOrWhiteSpace(Code) || Code.Length > 100) return new Refusal("code_required",
            "A course needs a code of at most 100 characters.", "code");
        if (Description?.Length > 20_000) return new Refusal("description_long", "A description has at most 20,000 characters.",
            "description");
        if (Color is not null && !ColorShape.IsMatch(Color)) return new Refusal("color_shape", "A color is written as #1a7f5a.", "color");
        if (Credits is < 0 or > MostCredits || (Credits is { } credits && decimal.Round(credits, CreditPlaces) != credits))
            return new Refusal("credits_invalid", "Credits lie between 0 and 999.99, with at most two decimals.", "credits");
        if (TimeZone is not null && !IsZone(TimeZone))
            return new Refusal("time_zone_unknown", $"'{TimeZone}' is no time zone. Use a name such as Europe/Berlin.", "time_zone");
        return Dates.Refuse(StartsAt, EndsAt);
    }

    /// <summary>Only names of the IANA database: browsers know no others.</summary>
    internal static bool IsZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    internal static string SearchText(string code, string title) => $"{code} {title}".ToLowerInvariant();
}

/// <summary>A stretch of time with an optional end and an optional beginning.</summary>
internal static class Dates
{
    internal static Refusal? Refuse(DateTimeOffset? startsAt, DateTimeOffset? endsAt) => startsAt >= endsAt
        ? new Refusal("dates_reversed", "The end must come after the beginning.", "ends_at")
        : null;
}
