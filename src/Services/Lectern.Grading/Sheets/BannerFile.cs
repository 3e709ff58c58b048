using Lectern.Grading.GradebookExports;

namespace Lectern.Grading.Sheets;

/// <summary>
/// A workbook for the import of Ellucian Banner 9's Faculty Grade Entry: one line for each learner of each section, with the term code, the
/// section's CRN, the student's id and the grade.
/// </summary>
/// <remarks>
/// The columns are those the import needs (Banner Student Faculty Grade Entry Handbook, 9.4 and 9.5, "Import"; registrars publish the same
/// list). The import asks which column is which, so their order and names are not fixed; which grades are valid is each institution's
/// grade mode. Term code and CRN are the SIS ids of the term and the section, the student's id is the learner's SIS id, as the roster
/// brought them.
/// </remarks>
internal sealed class BannerFile : GradebookFile
{
    public static readonly string[] Titles = ["Term Code", "CRN", "Student ID", "Final Grade"];

    public override string Extension => "-banner.xlsx";

    public override string ContentType => WorkbookType;

    public override async Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct)
    {
        var leftOut = 0;
        await using var table = new XlsxTable(output, "Grades");
        await table.Row(Titles.Select(title => (TableCell)title), ct);
        await foreach (var learner in learners.WithCancellation(ct))
        {
            var written = false;
            foreach (var line in SisLine.Of(course, learner))
            {
                await table.Row([line.Section.TermSisId, line.Section.SisId, line.StudentId, line.Grade], ct);
                written = true;
            }

            if (!written) leftOut++;
        }

        return leftOut;
    }
}

/// <summary>What a student information system is told of one learner in one section.</summary>
/// <param name="Grade">The letter, where the course has letters; else the percent, rounded to two decimals.</param>
/// <param name="GradePoints">What the letter is worth, where letters are worth something.</param>
internal sealed record SisLine(string StudentId, ExportedSection Section, string Grade, decimal Percent, decimal? GradePoints)
{
    /// <summary>
    /// None when the system could not tell whom or what is meant: no id of the learner's, no section that came from it, no total.
    /// </summary>
    public static IEnumerable<SisLine> Of(ExportedCourse course, ExportedLearner learner)
    {
        var total = course.Total(learner);
        if (learner.Person.SisId is not { } student || total.Percent is not { } percent) return [];
        var rounded = Math.Round(percent, 2, MidpointRounding.AwayFromZero);
        var grade = total.Letter ?? rounded.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return learner.Sections.Where(section => section.SisId is not null)
            .Select(section => new SisLine(student, section, grade, rounded, total.GradePoints));
    }
}
