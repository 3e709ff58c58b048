using System.Text.Json;
using Lectern.Grading.Calculation;

namespace Lectern.Tests.Grading.Calculation;

/// <summary>Grade cases in the shared folder of test material; whatever lies there is read, nothing is listed by name.</summary>
internal static class GradeCases
{
    internal static readonly IReadOnlyList<(string Id, JsonElement Case)> All = [.. Files().SelectMany(Read)];

    internal static JsonElement Get(string id) => All.First(one => one.Id == id).Case;

    private static IEnumerable<string> Files() => Folder() is { } folder
        ? Directory.EnumerateFiles(folder, "grade-cases*.json").Order(StringComparer.Ordinal)
        : [];

    private static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("LECTERN_TEST_DATA") is { Length: > 0 } named) return named;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(beside)) return beside;
        }
        return null;
    }

    private static IEnumerable<(string, JsonElement)> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.GetProperty("cases").EnumerateArray()
            .Select(one => (one.GetProperty("id").GetString()!, one.Clone()))];
    }
}

/// <summary>Reads the parts of a case. A name it does not know fails the case, so that nothing is passed by ignoring it.</summary>
internal static class GradeCaseReader
{
    internal static GradingPolicy PolicyOf(IReadOnlyList<JsonElement> groups, string weighting) => new()
    {
        Weighting = Enum.Parse<Weighting>(weighting, ignoreCase: true),
        Groups = [.. groups.Select((group, index) => GroupOf(group, index))],
    };

    internal static GradeItem[] ItemsOf(IReadOnlyList<JsonElement> groups) =>
        [.. groups.SelectMany((group, index) => group.GetProperty("assignments").EnumerateArray().Select(one => ItemOf(one, index)))];

    internal static LetterScheme SchemeOf(JsonElement rows) =>
        new(1, 1, rows.EnumerateArray().Select(row => new LetterBand(row[0].GetString()!, row[1].GetDecimal())));

    internal static GradingType TypeOf(JsonElement one) => Text(one, "grading_type") switch
    {
        null or "points" => GradingType.Points,
        "percent" => GradingType.Percent,
        "letter_grade" or "letter" or "gpa_scale" => GradingType.Letter,
        "pass_fail" => GradingType.PassFail,
        "not_graded" => GradingType.NotGraded,
        var other => throw new NotSupportedException($"grading type {other}"),
    };

    internal static string? Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetString() : null;

    internal static bool Flag(JsonElement one, string name, bool otherwise) =>
        one.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : otherwise;

    /// <summary>Absent and null are alike; numbers beyond the largest points are taken as those.</summary>
    internal static decimal? Number(JsonElement one, string name)
    {
        if (!one.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.TryGetDecimal(out var number) && Math.Abs(number) <= GradedAssignment.LargestPoints) return number;
        return value.GetRawText().StartsWith('-') ? -GradedAssignment.LargestPoints : GradedAssignment.LargestPoints;
    }

    internal static void RefuseUnknown(JsonElement one, params string[] known)
    {
        var unknown = one.EnumerateObject().Select(property => property.Name).Except(known).ToArray();
        if (unknown.Length > 0) throw new NotSupportedException($"the case says {string.Join(", ", unknown)}, which no test reads");
    }

    private static GradeGroup GroupOf(JsonElement group, int index)
    {
        RefuseUnknown(group, "weight", "rules", "assignments", "id", "name");
        var rules = group.GetProperty("rules");
        RefuseUnknown(rules, "drop_lowest", "drop_highest", "never_drop");
        return new(index, Number(group, "weight") ?? 0)
        {
            DropLowest = (int)(Number(rules, "drop_lowest") ?? 0),
            DropHighest = (int)(Number(rules, "drop_highest") ?? 0),
            NeverDrop = rules.TryGetProperty("never_drop", out var ids)
                ? ids.EnumerateArray().Select(id => id.GetInt64()).ToHashSet()
                : [],
        };
    }

    private static GradeItem ItemOf(JsonElement one, int group)
    {
        RefuseUnknown(
            one, "id", "score", "possible", "grading_type", "omit_from_final_grade", "posted", "pending_review", "visible", "assigned",
            "excused", "published");
        var assignment = new GradedAssignment(one.GetProperty("id").GetInt64(), group, Number(one, "possible"))
        {
            GradingType = TypeOf(one),
            OmitFromFinal = Flag(one, "omit_from_final_grade", false),
            Published = Flag(one, "published", true),
        };
        return new(assignment, Number(one, "score"))
        {
            Posted = Flag(one, "posted", true),
            PendingReview = Flag(one, "pending_review", false),
            Assigned = Flag(one, "visible", true) && Flag(one, "assigned", true),
            Status = Flag(one, "excused", false) ? WorkStatus.Excused : WorkStatus.Computed,
        };
    }
}
