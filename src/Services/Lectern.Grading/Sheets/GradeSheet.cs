using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;

namespace Lectern.Grading.Sheets;

/// <summary>A sheet of grades that came in: which column is which assignment, who each line is about, what it says.</summary>
internal sealed class GradeSheet
{
    private static readonly Dictionary<string, Key> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        [SheetLayout.LearnerId] = Key.Learner, [SheetLayout.SisId] = Key.Sis, ["Student ID"] = Key.Sis, ["SIS User ID"] = Key.Sis,
        ["Student Number"] = Key.Sis, [SheetLayout.Email] = Key.Email, ["Email"] = Key.Email, ["Email address"] = Key.Email,
        [SheetLayout.Name] = Key.Name, ["Learner"] = Key.Name, ["Student"] = Key.Name, ["Full name"] = Key.Name,
        [SheetLayout.Section] = Key.Other,
    };

    private readonly Dictionary<Key, int> keys = [];
    private readonly List<(int At, Assignment Assignment, GradeScale Scale)> columns = [];
    private readonly List<UnknownColumn> unknown = [];
    private readonly IEnumerator<SheetRow> rows;
    private readonly CourseStructure course;
    private int stampAt = -1;

    private GradeSheet(IEnumerator<SheetRow> rows, CourseStructure course) => (this.rows, this.course) = (rows, course);

    private enum Key { Learner, Sis, Email, Name, Other }

    /// <summary>What the sheet says of itself; null when it is none of ours, or no longer says so.</summary>
    public SheetStamp? Stamp { get; private set; }

    /// <summary>Columns that are no assignment of this course, with the reason.</summary>
    public IReadOnlyList<UnknownColumn> Unknown => unknown;

    /// <summary>Reads the titles.</summary>
    /// <exception cref="SheetUnreadableException">It is no sheet of grades of this course.</exception>
    public static GradeSheet Open(IEnumerable<SheetRow> rows, CourseStructure course)
    {
        var sheet = new GradeSheet(rows.GetEnumerator(), course);
        if (!sheet.rows.MoveNext()) throw new SheetUnreadableException("file_empty", "The file is empty.");
        var titles = sheet.rows.Current.Cells;
        for (var at = 0; at < titles.Count; at++) sheet.Title(at, titles[at].Trim());
        if (!sheet.keys.Keys.Any(key => key is Key.Learner or Key.Sis or Key.Email))
            throw new SheetUnreadableException(
                "learner_column_missing", "The first line must name a column that says whose grades follow: Learner ID, SIS ID or E-mail.");
        return sheet;
    }

    /// <summary>The lines that say anything, with their cells by assignment.</summary>
    public IEnumerable<SheetLine> Lines()
    {
        while (rows.MoveNext())
        {
            var row = rows.Current;
            string Text(int at) => at >= 0 && at < row.Cells.Count ? row.Cells[at].Trim() : string.Empty;
            string Of(Key key) => keys.TryGetValue(key, out var at) ? Text(at) : string.Empty;
            if (row.Cells.All(string.IsNullOrWhiteSpace)) continue;
            var versions = Stamp is null ? null : SheetLayout.ReadVersions(Text(stampAt), Stamp.Columns.Count);
            yield return new SheetLine(
                row.Line, Of(Key.Learner), Of(Key.Sis), Of(Key.Email), Of(Key.Name),
                [.. columns.Select(column => new SheetCell(
                    column.Assignment, Text(column.At), SeenBy(versions, column.Assignment), column.Scale.Read(Text(column.At))))]);
        }
    }

    private int? SeenBy(int[]? versions, Assignment assignment)
    {
        if (versions is null) return null;
        for (var i = 0; i < versions.Length; i++)
        {
            if (Stamp!.Columns[i] == assignment.AssignmentId) return versions[i];
        }

        return null;
    }

    private void Title(int at, string title)
    {
        if (title.Length == 0) return;
        if (SheetLayout.ReadStamp(title) is { } stamp)
        {
            if (stamp.CourseId != course.Head.CourseId)
                throw new SheetUnreadableException("sheet_other_course", "This file holds the grades of another course.");
            (Stamp, stampAt) = (stamp, at);
        }
        else if (SheetLayout.AssignmentOf(title) is { } id) Column(at, title, course.Find(id));
        else if (SheetTotal.IsTitle(title)) return;
        else if (Keys.TryGetValue(title, out var key))
        {
            if (key is not Key.Other && !keys.TryAdd(key, at) && key is not Key.Name) throw Twice(title);
        }
        else
        {
            var called = course.Assignments.Where(one => one.Title == title).Take(2).ToList();
            if (called.Count < 2) Column(at, title, called.FirstOrDefault());
            else unknown.Add(new UnknownColumn(title, "Several assignments are called so; put the number of one behind it, as in [#123]."));
        }
    }

    private void Column(int at, string title, Assignment? assignment)
    {
        if (assignment is null) unknown.Add(new UnknownColumn(title, "This course has no such assignment."));
        else if (assignment.GradingType is AssignmentGrading.NotGraded) unknown.Add(new UnknownColumn(title, "This is not graded."));
        else if (assignment.Anonymous) unknown.Add(new UnknownColumn(title, "This is graded without names until its grades are posted."));
        else if (assignment.SeveralMarkers) unknown.Add(new UnknownColumn(title, "Several people mark this, and a moderator decides."));
        else if (columns.Exists(column => column.Assignment.AssignmentId == assignment.AssignmentId)) throw Twice(title);
        else columns.Add((at, assignment, GradeScale.Of(assignment, course.Policy.Scheme)));
    }

    private static SheetUnreadableException Twice(string title) => new(
        "column_repeated", $"The column “{title}” is there twice, so it is not clear which one is meant.");
}

internal sealed record UnknownColumn(string Title, string Because);

/// <summary>One line: the ids it gives, and what it says of each assignment.</summary>
internal sealed record SheetLine(
    int Line, string LearnerId, string SisId, string Email, string Name, IReadOnlyList<SheetCell> Cells)
{
    /// <summary>What to call whoever is meant, before anybody is known.</summary>
    public string Called => new[] { Name, Email, SisId, LearnerId }.FirstOrDefault(text => text.Length > 0) ?? string.Empty;
}

/// <param name="Seen">The version of the grade the file was made from; null when it does not say.</param>
/// <param name="Said">What the text is as a grade on this assignment.</param>
internal readonly record struct SheetCell(Assignment Assignment, string Text, int? Seen, SheetReading Said);
