using System.Globalization;
using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;

namespace Lectern.Grading.Sheets;

/// <summary>
/// What a sheet of grades looks like, in CSV and in a workbook alike: one line of titles, then a line for each learner. An assignment's
/// title carries its number, and the last column says which version of each grade the reader saw.
/// </summary>
internal static partial class SheetLayout
{
    public const string LearnerId = "Learner ID";
    public const string SisId = "SIS ID";
    public const string Name = "Name";
    public const string Email = "E-mail";
    public const string Section = "Section";

    /// <summary>Columns of the sheet before those of assignments.</summary>
    public static readonly string[] People = [LearnerId, SisId, Name, Email, Section];

    /// <summary>Stands in the cell of work that does not count for this learner.</summary>
    public const string Excused = "EX";

    private const string Stamp = "lectern:1";

    /// <summary>A title that finds its assignment again whatever becomes of the name.</summary>
    public static string Title(string title, AssignmentId id) => $"{title} [#{id.Value}]";

    public static AssignmentId? AssignmentOf(string title) =>
        Numbered().Match(title) is { Success: true } match && AssignmentId.TryParse(match.Groups[1].Value, out var id) ? id : null;

    /// <summary>The title of the last column: of which course the sheet is, and in which order the versions below it stand.</summary>
    public static string StampOf(CourseId course, long version, IEnumerable<AssignmentId> columns) =>
        $"{Stamp}:{course.Value}:{version}:{string.Join('.', columns.Select(id => id.Value))}";

    /// <summary>Begins with a letter, so that no spreadsheet takes two versions for a decimal number.</summary>
    public static string VersionsOf(IEnumerable<int> versions) => $"v{string.Join('.', versions)}";

    public static SheetStamp? ReadStamp(string title)
    {
        if (!title.StartsWith($"{Stamp}:", StringComparison.Ordinal)) return null;
        var parts = title.Split(':');
        if (parts.Length != 5 || !CourseId.TryParse(parts[2], out var course)
            || !long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return null;
        var columns = parts[4].Split('.', StringSplitOptions.RemoveEmptyEntries);
        var ids = new List<AssignmentId>(columns.Length);
        foreach (var column in columns)
        {
            if (!AssignmentId.TryParse(column, out var id)) return null;
            ids.Add(id);
        }

        return new SheetStamp(course, version, ids);
    }

    /// <summary>The versions of a line, in the order of the stamp; null when they are not as they were written.</summary>
    public static int[]? ReadVersions(string text, int count)
    {
        if (text.Length < 2 || text[0] != 'v') return null;
        var parts = text[1..].Split('.');
        if (parts.Length != count) return null;
        var versions = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out versions[i])) return null;
        }

        return versions;
    }

    [GeneratedRegex(@"\[#([0-9]{1,18})\]\s*$")]
    private static partial Regex Numbered();
}

/// <summary>What a sheet says of itself.</summary>
internal sealed record SheetStamp(CourseId CourseId, long Version, IReadOnlyList<AssignmentId> Columns);
