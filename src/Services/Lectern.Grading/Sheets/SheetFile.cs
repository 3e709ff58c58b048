using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;

namespace Lectern.Grading.Sheets;

/// <summary>
/// The sheet of <see cref="SheetLayout"/>, to be read, changed and sent back. Scores are those that were entered, before late policy:
/// what comes back is entered again. Where work is graded in letters, percents or pass and fail, the word stands behind the points.
/// </summary>
internal sealed class SheetFile(bool workbook) : GradebookFile
{
    public override string Extension => workbook ? ".xlsx" : ".csv";

    public override string ContentType => workbook ? WorkbookType : "text/csv; charset=utf-8";

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        var totals = SheetTotal.Of(course);
        var columns = SheetLayout.People.Length + course.Assignments.Count + totals.Count + 1;
        await using ITable table = workbook
            ? new XlsxTable(output, "Grades", frozenColumns: 3, hiddenColumn: columns)
            : new CsvTable(output, CsvStyle.Spreadsheet);
        await table.Row(Titles(course, totals), ct);
        await foreach (var learner in learners.WithCancellation(ct)) await table.Row(Line(course, totals, learner), ct);
        return 0;
    }

    private static IEnumerable<TableCell> Titles(ExportedCourse course, IReadOnlyList<SheetTotal> totals) =>
    [
        .. SheetLayout.People,
        .. course.Assignments.Select(assignment => (TableCell)SheetLayout.Title(assignment.Title, assignment.AssignmentId)),
        .. totals.Select(total => (TableCell)total.Title),
        SheetLayout.StampOf(
            course.CourseId, course.Structure.Head.Version, course.Assignments.Select(assignment => assignment.AssignmentId)),
    ];

    private static IEnumerable<TableCell> Line(
        ExportedCourse course, IReadOnlyList<SheetTotal> totals, ExportedLearner learner)
    {
        var grades = course.Assignments.Select(learner.GradeOn).ToList();
        return
        [
            learner.Person.UserId.Value, learner.Person.SisId, learner.Person.Name, learner.Person.Email,
            string.Join("; ", learner.Sections.Select(section => section.Name)),
            .. course.Assignments.Zip(grades, (assignment, grade) => grade.Status is WorkStatus.Excused
                ? SheetLayout.Excused : course.Scale(assignment).Write(grade.EnteredScore)),
            .. totals.Select(total => total.Cell(learner)),
            SheetLayout.VersionsOf(grades.Select(grade => grade.Version)),
        ];
    }
}
