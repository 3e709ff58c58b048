using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;

namespace Lectern.Grading.MissingWork;

/// <summary>
/// Where a course scores missing work by the dates, says in the ledger what is missing and takes it back when it no longer is: another
/// date, another rule. Of what a person has said anything, nothing is said here.
/// </summary>
internal sealed class MissingMarker(TenantDb db, GradeStore grades, PeriodLock periods, MissingStore missing)
{
    /// <summary>
    /// Of learners who are held; what it says is appended with the commit, before their rows, which the caller folds. Done twice it
    /// says nothing new. Answers those of whom it said something.
    /// </summary>
    public async Task<IReadOnlyCollection<LearnerWork>> MarkAtCommit(HeldLearners held, CancellationToken ct)
    {
        if (held.Course is not { } course) return [];
        var found = held.Learners.Values.SelectMany(learner => Differing(course, learner)).ToList();
        if (found.Count == 0) return [];
        var closed = await periods.Over(held, ct);
        found.RemoveAll(work => closed.Refuses(work.Assignment.AssignmentId, work.Learner.UserId) is not null);
        var gone = found.Where(work => work.IsMissing).Select(work => work.Learner.UserId).Distinct().ToArray();
        var arrived = await missing.Arrivals(course.Head.CourseId, gone, ct);
        found.RemoveAll(work => work.IsMissing && !(arrived.GetValueOrDefault(work.Learner.UserId, db.Now) <= work.DueAt));
        grades.AppendAtCommit(course.Head.CourseId, found.ConvertAll(Enter));
        db.RaiseAll(found.ConvertAll(work => Told(course, work)));
        return found.ConvertAll(work => work.Learner).DistinctBy(learner => learner.UserId).ToList();
    }

    /// <summary>What is missing by the dates and not called so, and the reverse.</summary>
    private IEnumerable<FoundWork> Differing(CourseStructure course, LearnerWork learner)
    {
        // What stands of who has left stays.
        if (learner.Sections.Count == 0) yield break;
        var byDates = course.Head.Policy.MissingPolicy is { ByDates: true };
        // Most courses have no such rule, and most learners nothing that it said.
        if (!byDates && !learner.Grades.Any(grade => grade.IsMissingByRule)) yield break;
        foreach (var assignment in course.Assignments)
        {
            var grade = learner.GradeOn(assignment.AssignmentId);
            if (!grade.IsLeftToRules) continue;
            var dates = course.DatesFor(assignment, learner.UserId, learner.Sections);
            var item = GradebookProjection.ItemOf(course, learner, assignment, dates, grade with { Status = WorkStatus.Computed });
            var isMissing = byDates && Lateness.IsMissing(item, db.Now);
            if (isMissing != (grade.Status is WorkStatus.Missing))
                yield return new(learner, assignment, isMissing, item.DueAt + item.LatePassTime);
        }
    }

    private NewEntry Enter(FoundWork work)
    {
        var grade = work.Learner.GradeOn(work.Assignment.AssignmentId);
        var entry = new NewEntry(
            grade.ByRule(work.IsMissing ? WorkStatus.Missing : WorkStatus.Computed, work.Assignment, db.Now), EntryKind.Status,
            Reason: work.IsMissing ? "past due" : "not missing");
        work.Learner.Put(entry);
        return entry;
    }

    // Learners hear of a score they see, not of one that is gone.
    private static GradeRecorded Told(CourseStructure course, FoundWork work)
    {
        var score = GradebookProjection.ScoreOf(course, work.Learner, work.Assignment).Score;
        var shown = work.Learner.GradeOn(work.Assignment.AssignmentId).PostedAt is not null;
        return new(work.Assignment.AssignmentId, course.Head.CourseId, work.Learner.UserId, score, work.IsMissing && shown);
    }

    private sealed record FoundWork(LearnerWork Learner, Assignment Assignment, bool IsMissing, DateTimeOffset? DueAt);
}
