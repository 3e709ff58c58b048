using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.GradebookExports;

namespace Lectern.Grading.Sheets;

/// <summary>
/// The sheet of <see cref="SheetLayout"/>, to be read, changed and sent back. Scores are those that were entered, before late policy:
/// what comes back is entered again.
/// </summary>
internal sealed class SheetFile(bool workbook) : GradebookFile
{
    public override string Extension => workbook ? ".xlsx" : ".csv";

    public override string ContentType => workbook ? WorkbookType : "text/csv; charset=utf-8";

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        var columns = SheetLayout.People.Length + course.Assignments.Count + SheetLayout.Totals.Length + 1;
        await using ITable table = workbook
            ? new XlsxTable(output, "Grades", frozenColumns: 3, hiddenColumn: columns)
            : new CsvTable(output, CsvStyle.Spreadsheet);
        await table.Row(Titles(course), ct);
        await foreach (var learner in learners.WithCancellation(ct)) await table.Row(Line(course, learner), ct);
        return 0;
    }

    private static IEnumerable<TableCell> Titles(ExportedCourse course) =>
    [
        .. SheetLayout.People,
        .. course.Assignments.Select(assignment => (TableCell)SheetLayout.Title(assignment.Title, assignment.AssignmentId)),
        .. SheetLayout.Totals,
        SheetLayout.StampOf(
            course.CourseId, course.Structure.Head.Version, course.Assignments.Select(assignment => assignment.AssignmentId)),
    ];

    private static IEnumerable<TableCell> Line(ExportedCourse course, ExportedLearner learner)
    {
        var grades = course.Assignments.Select(learner.GradeOn).ToList();
        return
        [
            learner.Person.UserId.Value, learner.Person.SisId, learner.Person.Name, learner.Person.Email,
            string.Join("; ", learner.Sections.Select(section => section.Name)),
            .. grades.Select(grade => grade.Status is WorkStatus.Excused ? SheetLayout.Excused : (TableCell)grade.EnteredScore),
            Scaled.ToDecimal(learner.Row.Total(TotalKind.Current)), learner.Row.Letter(TotalKind.Current),
            Scaled.ToDecimal(learner.Row.Total(TotalKind.Final)), learner.Row.Letter(TotalKind.Final),
            SheetLayout.VersionsOf(grades.Select(grade => grade.Version)),
        ];
    }
}
