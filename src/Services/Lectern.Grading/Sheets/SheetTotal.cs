using Lectern.Grading.GradebookExports;
using Lectern.Grading.Gradebook;

namespace Lectern.Grading.Sheets;

/// <summary>
/// A column behind those of assignments. Nobody sets these; they are worked out, and a sheet that comes back is not asked for them.
/// </summary>
internal sealed record SheetTotal(string Title, Func<ExportedLearner, TableCell> Cell)
{
    private const string Percent = " total (%)";
    private const string Letter = " letter";
    private const string Points = " grade points";
    private const string OfPeriod = ": final";

    public static IReadOnlyList<SheetTotal> Of(ExportedCourse course) =>
    [
        .. Columns(course, "Current", learner => course.Total(learner, TotalKind.Current)),
        .. Columns(course, "Final", learner => course.Total(learner, TotalKind.Final)),
        .. course.Structure.Head.Policy.Periods.SelectMany(period =>
            Columns(course, $"{period.Name}{OfPeriod}", learner => learner.Periods.GetValueOrDefault(period.PeriodId))),
    ];

    /// <summary>A period may be called anything, so its columns are known by how their titles end.</summary>
    public static bool IsTitle(string title) => new[] { Percent, Letter, Points }.Any(end =>
        title.EndsWith(end, StringComparison.OrdinalIgnoreCase) && title[..^end.Length] is var whose
        && (whose.Equals("Current", StringComparison.OrdinalIgnoreCase) || whose.Equals("Final", StringComparison.OrdinalIgnoreCase)
            || whose.EndsWith(OfPeriod, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<SheetTotal> Columns(ExportedCourse course, string whose, Func<ExportedLearner, ExportedTotal> total)
    {
        yield return new(whose + Percent, learner => total(learner).Percent);
        yield return new(whose + Letter, learner => total(learner).Letter);
        if (course.HasGradePoints) yield return new(whose + Points, learner => total(learner).GradePoints);
    }
}
