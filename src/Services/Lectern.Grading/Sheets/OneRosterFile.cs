using System.Globalization;
using System.IO.Compression;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;
using Lectern.Grading.Grades;

namespace Lectern.Grading.Sheets;

/// <summary>
/// Categories, line items and results of 1EdTech's OneRoster 1.2 CSV binding, in a ZIP with their manifest. Classes, learners, terms are
/// named by the ids the roster brought them with; line items and results by ids of ours, which stay the same from one export to the next.
/// </summary>
/// <remarks>
/// All files are "delta": a "bulk" file is everything there is, and a reader may delete what it does not find in it, which here would be
/// the grades of all other courses. The course's total is a line item of its own, of 100 points. <c>schoolSourcedId</c> is left empty,
/// because a course here belongs to an account and not to a school.
/// </remarks>
internal sealed class OneRosterFile : GradebookFile
{
    private static readonly string[] Absent =
    [
        "academicSessions", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments",
        "lineItemLearningObjectiveIds", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "resultScoreScales",
        "roles", "scoreScales", "userProfiles", "userResources", "users",
    ];

    public override string Extension => "-oneroster.zip";

    public override string ContentType => "application/zip";

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        await using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        await WritePart(zip, "manifest.csv", ["propertyName", "value"], Manifest().ToAsyncEnumerable(), ct);
        await WritePart(zip, "categories.csv", ["sourcedId", "status", "dateLastModified", "title", "weight"],
            Categories(course).ToAsyncEnumerable(), ct);
        await WritePart(zip, "lineItems.csv",
            [
                "sourcedId", "status", "dateLastModified", "title", "description", "assignDate", "dueDate", "classSourcedId",
                "categorySourcedId", "academicSessionSourcedId", "resultValueMin", "resultValueMax", "schoolSourcedId",
            ], LineItems(course).ToAsyncEnumerable(), ct);
        var leftOut = new Counter();
        await WritePart(zip, "results.csv",
            [
                "sourcedId", "status", "dateLastModified", "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate",
                "comment", "textScore", "classSourcedId", "inProgress", "incomplete", "late", "missing",
            ], Results(course, learners, leftOut), ct);
        return leftOut.Value;
    }

    private static async Task WritePart(
        ZipArchive zip, string name, TableCell[] titles, IAsyncEnumerable<TableCell[]> rows, CancellationToken ct)
    {
        await using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        await using var table = new CsvTable(part, CsvStyle.Program);
        await table.Row(titles, ct);
        await foreach (var row in rows.WithCancellation(ct)) await table.Row(row, ct);
    }

    private static IEnumerable<TableCell[]> Manifest() =>
    [
        ["manifest.version", "1.0"], ["oneroster.version", "1.2"], ["source.systemName", "Lectern"],
        .. new[] { "categories", "lineItems", "results" }.Select(name => new TableCell[] { $"file.{name}", "delta" }),
        .. Absent.Select(name => new TableCell[] { $"file.{name}", "absent" }),
    ];

    private static IEnumerable<TableCell[]> Categories(ExportedCourse course) => course.Structure.Groups.Select(group =>
        new TableCell[] { CategoryId(group.AssignmentGroupId), "active", Instant(course.At), group.Name, group.WeightPercent })
        .Append([TotalCategoryId(course), "active", Instant(course.At), "Course total", 0m]);

    // A line item belongs to one class, so an assignment of a course with three sections is three.
    private static IEnumerable<TableCell[]> LineItems(ExportedCourse course) =>
        from section in course.Sections
        where section.SisId is not null
        from line in course.Assignments.Select(assignment => LineItem(course, section, assignment)).Append(
        [
            ItemId("total", section), "active", Instant(course.At), "Course total", default, Date(course.At), Date(course.At),
            section.SisId, TotalCategoryId(course), section.TermSisId, 0m, 100m, default,
        ])
        select line;

    private static TableCell[] LineItem(ExportedCourse course, ExportedSection section, Assignment assignment) =>
    [
        ItemId(assignment, section), "active", Instant(course.At), assignment.Title, default,
        Date(assignment.UnlocksAt ?? assignment.DueAt ?? course.At), Date(assignment.DueAt ?? course.At), section.SisId,
        CategoryId(assignment.AssignmentGroupId), section.TermSisId, 0m, assignment.PointsPossible, default,
    ];

    private static async IAsyncEnumerable<TableCell[]> Results(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Counter leftOut)
    {
        await foreach (var learner in learners)
        {
            var sections = learner.Sections.Where(section => section.SisId is not null).ToList();
            if (learner.Person.SisId is not { } student || sections.Count == 0)
            {
                leftOut.Value++;
                continue;
            }

            foreach (var section in sections)
            {
                foreach (var assignment in course.Assignments)
                {
                    if (Result(course, learner, section, assignment, student) is { } result) yield return result;
                }

                var total = course.Total(learner);
                if (total.Percent is not { } percent) continue;
                var item = ItemId("total", section);
                yield return
                [
                    ResultId(item, learner), "active", Instant(course.At), item, student, "fully graded", percent, Date(course.At), default,
                    total.Letter, section.SisId, default, default, default, default,
                ];
            }
        }
    }

    /// <summary>Null where there is nothing to tell.</summary>
    private static TableCell[]? Result(
        ExportedCourse course, ExportedLearner learner, ExportedSection section, Assignment assignment, string student)
    {
        var (grade, flags) = (learner.GradeOn(assignment), learner.Row.Flag(assignment.Slot));
        var score = Scaled.ToDecimal(learner.Row.Cell(assignment.Slot));
        var status = grade switch
        {
            { Status: WorkStatus.Excused } => "exempt",
            { PendingReview: true } => "partially graded",
            _ when score is not null => "fully graded",
            _ when flags.HasFlag(CellFlags.Submitted) => "submitted",
            _ when flags.HasFlag(CellFlags.Missing) => "not submitted",
            _ => null,
        };
        if (status is null) return null;
        var item = ItemId(assignment, section);
        return
        [
            ResultId(item, learner), "active", Instant(grade.IsRecorded ? grade.GradedAt : course.At), item, student, status,
            status is "exempt" ? default : (TableCell)score, Date(grade.IsRecorded ? grade.GradedAt : course.At), default,
            status is "exempt" || score is null ? default : (TableCell)course.Scale(assignment).Word(score.Value), section.SisId,
            default, default, Flag(flags, CellFlags.Late), Flag(flags, CellFlags.Missing),
        ];
    }

    private static string ItemId(Assignment assignment, ExportedSection section) =>
        ItemId(assignment.AssignmentId.Value.ToString(CultureInfo.InvariantCulture), section);

    private static string ItemId(string what, ExportedSection section) => $"lectern-item-{what}-{section.SectionId.Value}";

    private static string ResultId(string item, ExportedLearner learner) => $"{item}-{learner.Person.UserId.Value}";

    private static string CategoryId(AssignmentGroupId group) => $"lectern-group-{group.Value}";

    private static string TotalCategoryId(ExportedCourse course) => $"lectern-total-{course.CourseId.Value}";

    private static string Flag(CellFlags flags, CellFlags which) => flags.HasFlag(which) ? "true" : "false";

    private static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed class Counter
    {
        public int Value { get; set; }
    }
}
