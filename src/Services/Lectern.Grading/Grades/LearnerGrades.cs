using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.PeerScores;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>One learner's grades in a course, with the derivation of every number.</summary>
/// <param name="View">Whose eyes these numbers are for: a learner's hold only what is posted.</param>
/// <param name="Refolding">The course's rules have just changed; pages that show folded totals may still show those of before.</param>
internal sealed record LearnerGrades(
    CourseId CourseId, UserId UserId, GradeView View, int CalculatorVersion, int PolicyVersion, bool Refolding, ShownTotals Totals,
    IReadOnlyList<ShownGroup> Groups, IReadOnlyList<ShownPeriod> Periods, IReadOnlyList<ShownItem> Items,
    Derived Derivation, IReadOnlyList<Derived> GroupDerivations, IReadOnlyList<Derived> PeriodDerivations)
{
    /// <summary>Worked out anew by the course's calculator; a learner's own view leaves drafts and whatever is not posted unread.</summary>
    public static LearnerGrades Of(CourseStructure course, LearnerWork learner, GradeSight sight, DateTimeOffset now)
    {
        var assignments = Shown(course, sight);
        return Of(course, learner, assignments, GradebookProjection.InputOf(course, learner, assignments, sight.View), now);
    }

    /// <summary>
    /// A grader, to whom names stand beside this, finds nothing of what is graded without them, nor of what they have yet to assess
    /// in a calibration.
    /// </summary>
    public static IReadOnlyList<Assignment> Shown(CourseStructure course, GradeSight sight) => [.. course.Assignments.Where(assignment =>
        (sight.View is GradeView.Grader || assignment.IsPublished) && !(sight.ByGrader && assignment.Anonymous)
        && !sight.Withheld.Contains(assignment.AssignmentId))];

    /// <summary>Says of each score that a grader took over from reviews by peers, and nobody has changed since, that it is one.</summary>
    public LearnerGrades With(IReadOnlyCollection<PeerOrigin> origins) => origins.Count == 0 ? this : this with
    {
        Items = [.. Items.Select(item => item with
        {
            FromPeers = origins.FirstOrDefault(
                one => one.AssignmentId == item.AssignmentId && one.Score == item.EnteredScore && one.MadeVersion <= item.Version)?.Reviews,
        })],
    };

    public static LearnerGrades Of(
        CourseStructure course, LearnerWork learner, IReadOnlyList<Assignment> assignments, CourseGradingInput input, DateTimeOffset now)
    {
        var grade = course.Calculator.Calculate(input);
        return new LearnerGrades(
            course.Head.CourseId, learner.UserId, input.View, grade.Totals.CalculatorVersion, course.Head.PolicyVersion,
            course.Head.Refolding,
            new ShownTotals(
                grade.Totals.Current, grade.Totals.Final, grade.Totals.Course.FinalBeforeOverride, learner.Overrides?.Final?.StatusCode),
            [.. course.Groups.Join(
                grade.Totals.Course.Groups, group => group.AssignmentGroupId.Value, total => total.GroupId, (group, total) =>
                new ShownGroup(group.AssignmentGroupId, group.Name, group.WeightPercent, total.Current, total.Final))],
            [.. course.Head.Policy.Periods.Join(
                grade.Totals.Periods, period => period.PeriodId, total => total.PeriodId, (period, total) =>
                new ShownPeriod(period.PeriodId, period.Name, total.Totals.Current, total.Totals.Final))],
            [.. assignments.Zip(input.Items, grade.Items).Select(of =>
                ShownItem.Of(of.First, of.Second, of.Third, learner, input.View, now))],
            grade.Course, grade.Groups, grade.Periods);
    }
}

/// <param name="StatusCode">What somebody said beside the final grade, such as incomplete.</param>
internal sealed record ShownTotals(Standing Current, Standing Final, Standing? FinalBeforeOverride, string? StatusCode);

internal sealed record ShownGroup(AssignmentGroupId GroupId, string Name, decimal WeightPercent, Standing Current, Standing Final);

internal sealed record ShownPeriod(long PeriodId, string Name, Standing Current, Standing Final);

/// <summary>One line of a learner's grades.</summary>
/// <param name="LatePassUntil">Where late passes moved its due date.</param>
/// <param name="LateExempt">Lateness takes nothing off.</param>
/// <param name="Label">The number of a status of the course's own.</param>
/// <param name="Attempt">The attempt whose score it is, where one of several counts.</param>
/// <param name="FromPeers">How many reviews by peers the score was taken over from by a grader; null where it was not.</param>
/// <param name="MissingSince">When the course's rules gave it the score of missing work.</param>
/// <param name="InCurrent">How it entered the current total, or why it did not.</param>
internal sealed record ShownItem(
    AssignmentId AssignmentId, AssignmentGroupId GroupId, string Title, decimal PointsPossible, AssignmentGrading GradingType,
    DateTimeOffset? DueAt,
    DateTimeOffset? SubmittedAt, DateTimeOffset? LatePassUntil, bool LateExempt,
    GradeId? GradeId, decimal? EnteredScore, decimal PointsDeducted, decimal? Score, bool Posted, bool Late, bool Missing, bool Excused,
    WorkStatus Status,
    Inclusion InCurrent, Inclusion InFinal, int? Attempt, short? Label, int Version, DateTimeOffset? MissingSince, int? FromPeers = null)
{
    public static ShownItem Of(
        Assignment assignment, GradeItem item, ItemGrade worked, LearnerWork learner, GradeView view, DateTimeOffset now)
    {
        var grade = learner.GradeOn(assignment.AssignmentId);
        // By the grade and not by the item, which may be a guess.
        var hidden = view is GradeView.Learner && grade.PostedAt is null;
        return new(
            assignment.AssignmentId, assignment.AssignmentGroupId, assignment.Title, assignment.PointsPossible,
            assignment.GradingType, item.DueAt,
            item.SubmittedAt, item.LatePassTime > TimeSpan.Zero ? item.DueAt + item.LatePassTime : null, item.LateExempt,
            grade.IsRecorded && !hidden ? grade.GradeId : null, worked.Entered, worked.Deducted, worked.Score,
            item.Posted && grade.IsRecorded, worked.IsLate,
            Lateness.IsMissing(item, now), item.Status is WorkStatus.Excused, item.Status, worked.InCurrent, worked.InFinal,
            worked.Attempt, GradebookProjection.IsWithheld(assignment, grade) && view is GradeView.Learner ? null : grade.Label,
            hidden ? 0 : grade.Version,
            grade.IsMissingByRule && worked.Score is not null && !hidden ? grade.GradedAt : null);
    }
}
