using Lectern.Grading.GradebookExports;

namespace Lectern.Grading.Sheets;

/// <summary>One way to write a gradebook down.</summary>
internal abstract class GradebookFile
{
    public abstract string Extension { get; }

    public abstract string ContentType { get; }

    /// <summary>Writes all learners as they come and answers how many had to be left out.</summary>
    public abstract Task<int> Write(
        ExportedCourse course, IAsyncEnumerable<ExportedLearner> learners, Stream output, CancellationToken ct);

    public static GradebookFile For(ExportFormat format) => format switch
    {
        ExportFormat.Csv => new SheetFile(workbook: false),
        ExportFormat.Xlsx => new SheetFile(workbook: true),
        ExportFormat.Json => new JsonFile(),
        ExportFormat.Banner => new BannerFile(),
        ExportFormat.Powerschool => new PowerSchoolFile(),
        ExportFormat.Oneroster => new OneRosterFile(),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    protected const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}
