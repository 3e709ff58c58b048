namespace Lectern.Grading.Calculation;

/// <summary>
/// Whether work is late or missing. A grader's status wins over the dates, and how late a grader says it is over late passes.
/// </summary>
internal static class Lateness
{
    internal static TimeSpan LateBy(GradeItem item) => item.Status switch
    {
        WorkStatus.Late => item.LateFor ?? ByDates(item),
        WorkStatus.Computed => ByDates(item),
        _ => TimeSpan.Zero,
    };

    /// <summary>The same of the attempt that counts, where one of several does.</summary>
    internal static bool IsLate(GradeItem item, WorkScore work) =>
        IsLate(item.Attempts.FirstOrDefault(attempt => attempt.Attempt == work.Attempt) is { } counted ? item.On(counted) : item);

    internal static bool IsLate(GradeItem item) => item.Status == WorkStatus.Late || LateBy(item) > TimeSpan.Zero;

    /// <summary>Past due, nothing handed in, expected online, not optional, not excused and not graded by a person or a quiz.</summary>
    internal static bool IsMissing(GradeItem item, DateTimeOffset asOf) => item.Status switch
    {
        WorkStatus.Missing => true,
        WorkStatus.Computed => item.DueAt + item.LatePassTime < asOf && item.SubmittedAt is null && Expected(item) && !GradedByHand(item),
        _ => false,
    };

    private static bool Expected(GradeItem item) => item is
    {
        Assigned: true,
        Assignment: { HandedInOnline: true, Optional: false, Published: true, GradingType: not GradingType.NotGraded },
    };

    private static bool GradedByHand(GradeItem item) => item.EnteredScore is not null && !item.ScoreIsAutomatic;

    /// <summary>What late passes take off how late the dates say it is.</summary>
    internal static TimeSpan PassTime(GradeItem item) => item.Status switch
    {
        WorkStatus.Computed => item.LatePassTime,
        WorkStatus.Late when item.LateFor is null => item.LatePassTime,
        _ => TimeSpan.Zero,
    };

    private static TimeSpan ByDates(GradeItem item) =>
        item.SubmittedAt - (item.DueAt + item.LatePassTime) is { } late && late > TimeSpan.Zero ? late : TimeSpan.Zero;
}
