using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;

namespace Lectern.Grading.Assignments;

/// <summary>An assignment as it is sent. Learners get their own dates, and how they stand on it.</summary>
/// <param name="PostsAt">When grades are shown that are hidden until then; null for learners.</param>
/// <param name="Anonymous">Graders do not see whose work it is, until its grades are posted.</param>
/// <param name="UngradedCount">Work that waits for a grader; null for learners.</param>
internal sealed record AssignmentView(
    AssignmentId AssignmentId, CourseId CourseId, AssignmentGroupId AssignmentGroupId, string Title, string? Description,
    decimal PointsPossible,
    AssignmentGrading GradingType, SubmissionType[] SubmissionTypes, DateTimeOffset? DueAt, DateTimeOffset? UnlocksAt,
    DateTimeOffset? LocksAt,
    int? AttemptsAllowed, AssignmentStatus Status, int Position, bool OmitFromFinal, bool ExtraCredit, bool Optional, bool OnlyNamed,
    bool PostsManually, DateTimeOffset? PostsAt, GroupSetId? GroupSetId, bool GradeIndividually, bool Anonymous, bool SeveralMarkers,
    AttemptsKept AttemptsKept, int Version, int? UngradedCount, MyStanding? My)
{
    public static AssignmentView ForStaff(Assignment a, string? description, int ungraded) => new(
        a.AssignmentId, a.CourseId, a.AssignmentGroupId, a.Title, description, a.PointsPossible, a.GradingType, a.SubmissionTypes, a.DueAt,
        a.UnlocksAt,
        a.LocksAt, a.AttemptsAllowed, a.Status, a.Position, a.OmitFromFinal, a.ExtraCredit, a.Optional, a.OnlyNamed, a.PostsManually,
        a.PostsAt, a.GroupSetId, a.GradeIndividually, a.Anonymous, a.SeveralMarkers, a.AttemptsKept, a.Version, ungraded,
        null);

    /// <summary>Before it opens, a learner sees that it will come but not what it asks.</summary>
    public static AssignmentView ForLearner(
        Assignment a, string? description, WorkDates dates, GradebookRow row, AttemptsMade made, DateTimeOffset now) => new(
        a.AssignmentId, a.CourseId, a.AssignmentGroupId, a.Title, now < dates.UnlocksAt ? null : description, a.PointsPossible,
        a.GradingType, a.SubmissionTypes,
        dates.DueAt, dates.UnlocksAt, dates.LocksAt, a.AttemptsAllowed, a.Status, a.Position, a.OmitFromFinal, a.ExtraCredit, a.Optional,
        a.OnlyNamed,
        a.PostsManually, null, a.GroupSetId, a.GradeIndividually, a.Anonymous, a.SeveralMarkers, a.AttemptsKept, a.Version, null,
        MyStanding.Of(a, dates, row, made.Count, now, made.Returned));
}

/// <summary>How often a learner has handed in, where that is known, and whether the latest attempt was given back.</summary>
internal readonly record struct AttemptsMade(int? Count, bool Returned);

/// <summary>How a learner stands on one assignment; a score only once it is posted.</summary>
/// <param name="Attempts">How often it was handed in; null in lists.</param>
/// <param name="ClosedBecause">The code of why nothing can be handed in now; null when it can.</param>
internal sealed record MyStanding(
    bool Submitted, bool Late, bool Missing, bool Excused, bool Graded, decimal? Score, int? Attempts, int? AttemptsLeft,
    string? ClosedBecause)
{
    public static MyStanding Of(
        Assignment assignment, WorkDates dates, GradebookRow row, int? attempts, DateTimeOffset now, bool returned = false)
    {
        var flags = row.Flag(assignment.Slot);
        var cell = row.Cell(assignment.Slot);
        if (!flags.HasFlag(CellFlags.Posted))
        {
            // What a grader said and has not posted is as if it had not been said.
            var settled = cell != Scaled.None && !flags.HasFlag(CellFlags.Automatic);
            if (assignment.PostsManually || settled) flags &= ~(CellFlags.Excused | CellFlags.Missing | CellFlags.Extended);
            // Late by the dates is only what was handed in.
            if (!flags.HasFlag(CellFlags.Submitted)) flags &= ~CellFlags.Late;
            cell = Scaled.None;
        }

        var closed = dates.RefusesAt(now)?.Code
            ?? (!assignment.HandedInOnline ? "not_handed_in_online"
                : attempts >= assignment.AttemptsAllowed && !returned ? "attempts_used_up" : null);
        var left = assignment.AttemptsAllowed - attempts;
        // Late passes are in the row alone; other dates hold before the row follows them.
        var due = flags.HasFlag(CellFlags.LatePass) ? row.DueAt(assignment.Slot, dates.DueAt) : dates.DueAt;
        return new(
            flags.HasFlag(CellFlags.Submitted), flags.HasFlag(CellFlags.Late),
            GoneMissing.Is(assignment, due, flags, cell, now), flags.HasFlag(CellFlags.Excused), cell != Scaled.None,
            Scaled.ToDecimal(cell), attempts, returned && left < 1 ? 1 : left, closed);
    }
}

/// <summary>Whether work is missing by the dates. Asked when a page is read, because time passes without anybody writing.</summary>
internal static class GoneMissing
{
    // An extension, an excuse, anything handed in and any score by a person speak against it; so does a grader's word in either sense.
    private const CellFlags Settled = CellFlags.Submitted | CellFlags.Excused | CellFlags.Extended | CellFlags.NotAssigned | CellFlags.Late;

    public static bool Is(Assignment assignment, DateTimeOffset? dueAt, CellFlags flags, long cell, DateTimeOffset now)
    {
        if (flags.HasFlag(CellFlags.Missing)) return true;
        if (!assignment.IsPublished || !assignment.HandedInOnline || assignment.Optional
            || assignment.GradingType is AssignmentGrading.NotGraded)
            return false;
        return ByDates(dueAt, flags, cell, now);
    }

    /// <summary>The same for work that is known to be expected online.</summary>
    public static bool ByDates(DateTimeOffset? dueAt, CellFlags flags, long cell, DateTimeOffset now)
    {
        if ((flags & Settled) != 0) return false;
        return dueAt < now && (cell == Scaled.None || flags.HasFlag(CellFlags.Automatic));
    }
}
