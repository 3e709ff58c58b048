using System.Globalization;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;

namespace Lectern.Grading.Outcomes;

/// <summary>
/// Finds what a learner's grades show of an outcome, and folds it into scores. Pure, and part of the fold of a gradebook's row, so that a
/// score and a mastery that follows from it are written together.
/// </summary>
internal static class MasteryProjection
{
    /// <summary>Two scores for each slot: as graders see it, and as the learner does. None where the course measures nothing.</summary>
    public static long[] Fold(CourseStructure course, LearnerWork learner)
    {
        if (course.Outcomes.Count == 0) return [];
        var scores = new long[(course.Outcomes.Max(outcome => outcome.Slot) + 1) * 2];
        Array.Fill(scores, Scaled.None);
        foreach (var outcome in course.Outcomes)
        {
            var found = Find(course, learner, outcome);
            for (var view = 0; view < 2; view++)
                scores[(outcome.Slot * 2) + view] = Scaled.Of(
                    MasteryCalculator.Calculate(outcome.Scale, outcome.Method, Scores(found, Views[view], outcome.Scale)).Score);
        }

        return scores;
    }

    /// <summary>All that shows it, the oldest first, and who may see each.</summary>
    public static IReadOnlyList<Evidence> Find(CourseStructure course, LearnerWork learner, MeasuredOutcome outcome) =>
    [
        .. (outcome.Alignments ?? [])
            .SelectMany(alignment => course.Assignments.Select(assignment => Of(alignment, assignment, learner)))
            .OfType<Evidence>()
            .OrderBy(one => one.At).ThenBy(one => one.Assignment.AssignmentId.Value)
            .ThenBy(one => one.CriterionId, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<decimal> Scores(IEnumerable<Evidence> found, GradeView view, MasteryScale scale) =>
        [.. found.Where(one => one.IsSeenBy(view)).Select(one => one.ScoreOn(scale))];

    private static readonly GradeView[] Views = [GradeView.Grader, GradeView.Learner];

    private static Evidence? Of(MeasuredBy alignment, Assignment assignment, LearnerWork learner)
    {
        if (!assignment.IsPublished) return null;
        var grade = learner.GradeOn(assignment.AssignmentId);
        // Who is excused showed nothing, and so did who was given a score by the missing policy; a quiz may still be half graded.
        if (!grade.IsRecorded || grade.Status is WorkStatus.Excused || grade.PendingReview) return null;
        var (points, possible) = alignment.AssignmentId is { } direct
            ? (direct == assignment.AssignmentId ? Entered(assignment, grade) : null, assignment.PointsPossible)
            : Criterion(alignment, learner.AssessedOn(assignment.AssignmentId));
        if (points is not { } earned || possible <= 0) return null;
        // When the work was done, where that is known: grading old work again does not make it the newest.
        var at = learner.JudgedOn(assignment.AssignmentId)?.SubmittedAt ?? grade.GradedAt;
        return new(assignment, alignment.CriterionId, earned, possible, at, grade.PostedAt is not null);
    }

    // Of several attempts those that the assignment keeps; lateness aside, as everywhere here.
    private static decimal? Entered(Assignment assignment, Grade grade) => (assignment.AttemptsKept, grade.AttemptScores) switch
    {
        _ when grade.ScoreIsAutomatic => null,
        (AttemptsKept.Highest, { } kept) => kept.Scores.Max(one => one.Score),
        (AttemptsKept.Average, { } kept) => kept.Scores.Average(one => one.Score),
        _ => grade.EnteredScore,
    };

    private static (decimal? Points, decimal Possible) Criterion(MeasuredBy alignment, AssessedWork? assessed)
    {
        if (assessed is null || assessed.RubricId != alignment.RubricId) return default;
        var version = assessed.RubricVersion.ToString(CultureInfo.InvariantCulture);
        return assessed.Points.TryGetValue(alignment.CriterionId!, out var points)
            && alignment.PointsByVersion?.TryGetValue(version, out var possible) is true
            ? (points, possible)
            : default;
    }
}

/// <summary>One result: what a learner's work on one assignment shows of an outcome.</summary>
/// <param name="Points">As entered: that work was late says nothing of what it shows.</param>
/// <param name="Posted">The learner has been shown the grade.</param>
internal sealed record Evidence(
    Assignment Assignment, string? CriterionId, decimal Points, decimal PointsPossible, DateTimeOffset At, bool Posted)
{
    /// <summary>In points of the outcome's scale; more than all points show no more than all.</summary>
    public decimal ScoreOn(MasteryScale scale) => Math.Clamp(Points / PointsPossible, 0, 1) * scale.Top;

    /// <summary>A learner sees what was posted. A grader who reads names sees nothing of work that is graded without.</summary>
    public bool IsSeenBy(GradeView view) => view is GradeView.Learner ? Posted : !Assignment.Anonymous;
}
