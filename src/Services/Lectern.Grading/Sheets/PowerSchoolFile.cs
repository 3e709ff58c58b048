using Lectern.Grading.GradebookExports;

namespace Lectern.Grading.Sheets;

/// <summary>
/// Tab-separated text for PowerSchool SIS' import into its table StoredGrades, where historical grades are kept: one line for each learner
/// of each section.
/// </summary>
/// <remarks>
/// The titles are the fields' names, by which Quick Import maps columns itself (PowerSchool, "Import and Export User Guide", Quick Import
/// and Historical Grades Table; the required fields as in "Import Data Files – Historical Grades"). The store code is whatever a school
/// stores the term's grade under; which course names, sections and terms it knows is each school's own, so these are taken as the roster
/// brought them.
/// </remarks>
internal sealed class PowerSchoolFile : GradebookFile
{
    public static readonly string[] Titles =
        ["Student_Number", "Course_Name", "Course_Number", "SectionID", "TermID", "StoreCode", "Grade", "Percent"];

    private const string GradePoints = "GPA_Points";

    public override string Extension => "-powerschool.txt";

    public override string ContentType => "text/tab-separated-values; charset=utf-8";

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        var leftOut = 0;
        await using var table = new CsvTable(output, CsvStyle.Tabs);
        // A column of nothing would take away what a school entered itself.
        TableCell[] points = course.HasGradePoints ? [GradePoints] : [];
        await table.Row([.. Titles.Select(title => (TableCell)title), .. points], ct);
        await foreach (var learner in learners.WithCancellation(ct))
        {
            var written = false;
            foreach (var line in SisLine.Of(course, learner))
            {
                await table.Row(
                    [
                        line.StudentId, line.Section.CourseTitle, line.Section.CourseSisId ?? line.Section.CourseCode, line.Section.SisId,
                        line.Section.TermSisId, course.StoreCode ?? "Y1", line.Grade, line.Percent,
                        .. points.Select(_ => (TableCell)line.GradePoints),
                    ], ct);
                written = true;
            }

            if (!written) leftOut++;
        }

        return leftOut;
    }
}
