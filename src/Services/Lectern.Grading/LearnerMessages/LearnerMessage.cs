using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Platform.Http;

namespace Lectern.Grading.LearnerMessages;

/// <summary>What a grader writes to several learners, with fields in braces that are each learner's own.</summary>
internal sealed partial record LearnerMessage(string Subject, string Body)
{
    public const int LongestSubject = 200;
    public const int LongestBody = 5_000;
    private const string Score = "score";

    /// <summary>What stands where a learner has no such thing, or may not see it.</summary>
    private const string Nothing = "–";

    private static readonly string[] OfAssignment = ["assignment", Score, "due"];
    private static readonly string[] Fields = ["name", .. OfAssignment];

    /// <summary>Tells a learner's score; such a message is read in the product only, because others see mail.</summary>
    internal bool NamesScore => FieldsIn(Body).Contains(Score);

    internal bool NamesAssignment => FieldsIn(Subject + Body).Any(OfAssignment.Contains);

    public Refusal? Refused(bool aboutAssignment)
    {
        if (string.IsNullOrWhiteSpace(Subject)) return new("subject_required", "A message needs a subject.", "subject");
        if (string.IsNullOrWhiteSpace(Body)) return new("body_required", "Write something first.", "body");
        if (Subject.Length > LongestSubject) return new("too_long", $"A subject can have at most {LongestSubject} characters.", "subject");
        if (Body.Length > LongestBody) return new("too_long", "A message can have at most 5,000 characters.", "body");
        if (FieldsIn(Subject).Concat(FieldsIn(Body)).FirstOrDefault(field => !Fields.Contains(field)) is { } unknown)
            return new(
                "unknown_field", $"There is no field '{{{unknown}}}'; there are {{name}}, {{assignment}}, {{score}} and {{due}}.", "body");
        if (FieldsIn(Subject).Contains(Score))
            return new("score_in_subject", "A subject is read by others, so it cannot hold a score.", "subject");
        if (NamesAssignment && !aboutAssignment)
            return new("assignment_required", "Say which assignment these fields are of.", "assignment_id");
        return null;
    }

    /// <summary>As one learner reads it. What is put in is not looked through for fields again.</summary>
    public LearnerMessage For(MergeValues learner) =>
        new(OneLine().Replace(Merged(Subject, learner), " ").Trim(), Merged(Body, learner));

    private static string Merged(string text, MergeValues learner) => Field().Replace(text, found => found.Groups[1].Value switch
    {
        "name" => learner.Name,
        "assignment" => learner.Assignment ?? Nothing,
        Score => learner.Score ?? Nothing,
        "due" => learner.Due ?? Nothing,
        _ => found.Value,
    });

    private static IEnumerable<string> FieldsIn(string text) => Field().Matches(text).Select(found => found.Groups[1].Value);

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Field();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]+")]
    private static partial Regex OneLine();
}

/// <summary>What a learner's fields say, and nothing that this learner may not see.</summary>
internal sealed record MergeValues(string Name, string? Assignment = null, string? Score = null, string? Due = null)
{
    /// <summary>A score in the numbers of its assignment: 8 / 10, or 80 %.</summary>
    public static string ScoreOf(decimal score, decimal points, bool asPercent) => asPercent && points > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{score / points * 100:0.##} %")
        : string.Create(CultureInfo.InvariantCulture, $"{score:0.####} / {points:0.####}");

    /// <summary>In figures that read alike in every language, with the zone they are of.</summary>
    public static string InstantOf(DateTimeOffset at, TimeZoneInfo zone) => string.Create(
        CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, zone):yyyy-MM-dd HH:mm} ({zone.Id})");
}
