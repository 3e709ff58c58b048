using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Grades;
using Lectern.Grading.Outcomes;
using Lectern.Platform.Data;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// Folds a learner's grades and work into the line the gradebook shows. Pure: the same structure and work give the same line, which is
/// what lets a verifier find any difference.
/// </summary>
internal static class GradebookProjection
{
    public static FoldedLearner Fold(CourseStructure course, LearnerWork learner)
    {
        var row = new GradebookRow(
            learner.UserId, NewCells(course.Slots), new int[course.Slots], new int[course.Slots], [],
            NewCells(Enum.GetValues<TotalKind>().Length), [],
            NewCells(course.GroupSlots * 2), learner.Overrides, learner.Allowance,
            MasteryProjection.Fold(course, learner), learner.Row.CourseVersion);
        var items = new List<GradeItem>(course.Assignments.Count);
        var changed = new List<Grade>();
        var hidden = false;
        foreach (var assignment in course.Assignments)
        {
            var dates = course.DatesFor(assignment, learner.UserId, learner.Sections);
            var passes = course.PassTime(learner, assignment);
            if (dates.Assigned && (dates.Own || passes > TimeSpan.Zero))
                row = WithOwnDue(row, course.Slots, assignment.Slot, dates.DueAt + passes);
            var grade = learner.GradeOn(assignment.AssignmentId);
            var item = ItemOf(course, learner, assignment, dates, grade);
            items.Add(item);
            var work = WorkScore.Of(item, course.Policy);
            hidden |= (work.Score is not null && !item.Posted) || IsWithheld(assignment, grade);
            row.Cells[assignment.Slot] = Scaled.Of(work.Score);
            row.Versions[assignment.Slot] = grade.Version;
            row.Flags[assignment.Slot] = (int)FlagsOf(item, work, grade, learner.LatestOn(assignment.AssignmentId), dates);
            if (grade.IsRecorded && (grade.Score != work.Score || grade.PointsDeducted != work.Deducted))
                changed.Add(grade with { Score = work.Score, PointsDeducted = work.Deducted });
        }

        var all = InputOf(course, learner, items);
        // What graders grade without names is in no total that they see beside one.
        var input = course.HidesNames ? all with { Items = [.. items.Where((_, at) => !course.Assignments[at].Anonymous)] } : all;
        // Most of the time nothing is hidden, and both see the same numbers.
        var seen = hidden || course.HidesNames ? SeenBy(course, learner, course.Assignments, all) : input;
        return new(WithTotals(row, course, input, seen), changed);
    }

    /// <summary>What the calculator is asked about one learner and these assignments.</summary>
    public static CourseGradingInput InputOf(
        CourseStructure course, LearnerWork learner, IReadOnlyList<Assignment> assignments, GradeView view)
    {
        var input = InputOf(course, learner, [.. assignments.Select(assignment => ItemOf(
            course, learner, assignment, course.DatesFor(assignment, learner.UserId, learner.Sections),
            learner.GradeOn(assignment.AssignmentId)))]);
        return view is GradeView.Learner ? SeenBy(course, learner, assignments, input) : input;
    }

    /// <summary>Whether the learner is not to know yet what a grader said: no score, and no excuse, lateness or absence either.</summary>
    public static bool IsWithheld(Assignment assignment, Grade grade) =>
        grade.IsRecorded && grade.PostedAt is null && (assignment.PostsManually || grade.IsSettled);

    /// <summary>The same asked of a grade <c>g</c> that stands in the table, and its assignment <c>a</c>.</summary>
    public static Sql Withheld => Sql.Raw("""
        (g.posted_at IS NULL
            AND (a.posts_manually OR g.status = 'excused' OR (g.entered_score IS NOT NULL AND NOT g.score_is_automatic)))
        """);

    /// <summary>Whether what graders say beside the grade waits with it, or for the one that is to come.</summary>
    public static bool KeepsRemarks(Assignment assignment, Grade grade) =>
        IsWithheld(assignment, grade) || (assignment.PostsManually && !grade.IsRecorded);

    // What is withheld is as if it had not been said.
    private static CourseGradingInput SeenBy(
        CourseStructure course, LearnerWork learner, IReadOnlyList<Assignment> assignments, CourseGradingInput input) => input with
    {
        View = GradeView.Learner,
        Items = [.. input.Items.Zip(assignments, (item, assignment) => !IsWithheld(assignment, learner.GradeOn(assignment.AssignmentId))
            ? item
            : new GradeItem(course.Graded(assignment))
            {
                Posted = false, Assigned = item.Assigned, DueAt = item.DueAt, SubmittedAt = item.SubmittedAt,
                LateExempt = item.LateExempt, LatePassTime = item.LatePassTime,
            })],
    };

    private static CourseGradingInput InputOf(CourseStructure course, LearnerWork learner, IReadOnlyList<GradeItem> items) =>
        new(course.Policy, items)
    {
        View = GradeView.Grader, Override = learner.Overrides?.Final?.ToCalculator(),
        PeriodOverrides = learner.Overrides?.PeriodsForCalculator(),
    };

    public static GradeItem ItemOf(CourseStructure course, LearnerWork learner, Assignment assignment, WorkDates dates, Grade grade) =>
        new(course.Graded(assignment), grade.EnteredScore)
        {
            ScoreIsAutomatic = grade.ScoreIsAutomatic,
            Posted = grade.PostedAt is not null || (!grade.IsRecorded && !assignment.PostsManually),
            PendingReview = grade.PendingReview, Assigned = dates.Assigned, DueAt = dates.DueAt, Status = grade.Status,
            SubmittedAt = learner.JudgedOn(assignment.AssignmentId)?.SubmittedAt,
            LateFor = grade.SecondsLate is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            LateExempt = learner.Allowance?.IsExemptFrom(assignment.AssignmentId) ?? false,
            LatePassTime = course.PassTime(learner, assignment), Attempts = AttemptsOf(learner, assignment, grade),
        };

    /// <summary>What a piece of work comes to, and by which attempt.</summary>
    public static WorkScore ScoreOf(CourseStructure course, LearnerWork learner, Assignment assignment) => WorkScore.Of(
        ItemOf(
            course, learner, assignment, course.DatesFor(assignment, learner.UserId, learner.Sections),
            learner.GradeOn(assignment.AssignmentId)),
        course.Policy);

    private static IReadOnlyList<ScoredAttempt> AttemptsOf(LearnerWork learner, Assignment assignment, Grade grade) =>
        assignment.AttemptsKept is AttemptsKept.Latest || grade.AttemptScores is not { } scored
            ? []
            : [.. learner.AttemptsOn(assignment.AssignmentId)
                .Where(attempt => scored.Of(attempt.SubmissionId) is not null)
                .OrderBy(attempt => attempt.Attempt)
                .Select(attempt => new ScoredAttempt(attempt.Attempt, scored.Of(attempt.SubmissionId)!.Value, attempt.SubmittedAt))];

    private static CellFlags FlagsOf(GradeItem item, WorkScore work, Grade grade, HandedIn? latest, WorkDates dates)
    {
        var again = latest is not null && grade.IsBehind(latest.SubmissionId, item.Assignment.Kept);
        return Flag(latest is not null, CellFlags.Submitted)
            | Flag(Lateness.IsLate(item, work), CellFlags.Late)
            | Flag(grade.Status is WorkStatus.Missing, CellFlags.Missing)
            | Flag(grade.Status is WorkStatus.Excused, CellFlags.Excused)
            | Flag(grade.PostedAt is not null, CellFlags.Posted)
            | Flag(grade.PendingReview || again || (latest is not null && !grade.IsSettled), CellFlags.NeedsGrading)
            | Flag(again && grade.SubmissionId is not null, CellFlags.Resubmitted)
            | Flag(work.Deducted > 0 && work.Origin is ScoreOrigin.Entered, CellFlags.Deducted)
            | Flag(work.Score is not null && (item.ScoreIsAutomatic || work.Origin is ScoreOrigin.MissingPolicy), CellFlags.Automatic)
            | Flag(dates.Own, CellFlags.OwnDates)
            | Flag(!dates.Assigned, CellFlags.NotAssigned)
            | Flag(grade.PendingReview, CellFlags.PendingReview)
            | Flag(grade.Status is WorkStatus.Extended, CellFlags.Extended)
            | Flag(item.LatePassTime > TimeSpan.Zero, CellFlags.LatePass)
            | Flag(item.LateExempt, CellFlags.LateExempt)
            | (CellFlags)((grade.Label ?? 0) << CellLabel.Bits);
    }

    private static GradebookRow WithTotals(GradebookRow row, CourseStructure course, CourseGradingInput input, CourseGradingInput seen)
    {
        var totals = course.Calculator.Totals(input);
        var shown = ReferenceEquals(seen, input) ? totals : course.Calculator.Totals(seen);
        Standing?[] standings = [totals.Current, totals.Final, shown.Current, shown.Final, totals.Course.FinalBeforeOverride];
        for (var i = 0; i < standings.Length; i++) row.Totals[i] = Scaled.Of(standings[i]?.Percent);
        var slots = course.Groups.ToDictionary(group => group.AssignmentGroupId.Value, group => group.Slot);
        foreach (var group in totals.Course.Groups)
        {
            row.GroupTotals[slots[group.GroupId] * 2] = Scaled.Of(group.Current.Percent);
            row.GroupTotals[(slots[group.GroupId] * 2) + 1] = Scaled.Of(group.Final.Percent);
        }

        return standings.Any(standing => standing?.Letter is not null)
            ? row with { Letters = [.. standings.Select(standing => standing?.Letter ?? string.Empty)] }
            : row;
    }

    private static GradebookRow WithOwnDue(GradebookRow row, int slots, int slot, DateTimeOffset? dueAt)
    {
        if (row.OwnDues.Length == 0) row = row with { OwnDues = NewCells(slots) };
        row.OwnDues[slot] = dueAt?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        return row;
    }

    private static CellFlags Flag(bool holds, CellFlags flag) => holds ? flag : CellFlags.None;

    private static long[] NewCells(int length)
    {
        var cells = new long[length];
        Array.Fill(cells, Scaled.None);
        return cells;
    }
}

/// <summary>A line as it should be, and the grades whose score after late policy is not what is stored.</summary>
internal sealed record FoldedLearner(GradebookRow Row, IReadOnlyList<Grade> Rescored);
