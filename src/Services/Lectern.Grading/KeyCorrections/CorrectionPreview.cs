using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.CalibrationWorks;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.QuestionMarks;
using Lectern.Grading.Questions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Works out what a correction would do, by the same rules and the same fold, and keeps nothing.</summary>
internal sealed class CorrectionPreview(
    TenantDb db, Actor actor, KeyCorrectionStore corrections, AnswerReview review, GradebookStore gradebooks, GradeStore grades,
    QuestionMarkStore marks, MarkedScores scores, CalibrationStore calibrations)
{
    private const int LearnersAtOnce = 500;

    public async Task<(List<CorrectionLine> Lines, int ProgramCount)> Of(CourseId course, QuestionSet wanted, CancellationToken ct)
    {
        var (lines, programs) = (new List<CorrectionLine>(), 0);
        List<UserId> learners = [];
        while ((learners = await corrections.Answered(
            course, wanted.AssignmentId, learners.Count > 0 ? learners[^1] : null, LearnersAtOnce, ct)).Count > 0)
        {
            var reviewed = await review.Of(course, wanted, learners, runs: false, ct);
            programs += reviewed.ProgramCount;
            lines.AddRange(await Lines(course, wanted.AssignmentId, reviewed, ct));
        }

        return (lines, programs);
    }

    private async Task<List<CorrectionLine>> Lines(CourseId course, AssignmentId id, Reviewed reviewed, CancellationToken ct)
    {
        var counts = reviewed.Changes.CountBy(change => change.UserId).ToDictionary();
        var users = counts.Keys.Union(reviewed.ByPerson).ToList();
        if (users.Count == 0) return [];
        var held = await gradebooks.Read(course, users, ct);
        if (held.Course?.Find(id) is not { } assignment) return [];
        var otherwise = await marks.ScoredOtherwise(id, users, ct);
        var closed = new ClosedWork(held, db.Now);
        var asked = scores.Follow(held, id, reviewed.Totals(), otherwise, closed, null).ToDictionary(one => one.UserId);
        var names = await grades.NamesOf(users.Select(user => (UserId?)user), ct);
        var open = await calibrations.Open(id, ct);
        var lines = new List<CorrectionLine>();
        foreach (var learner in users.Select(held.Learners.GetValueOrDefault).OfType<LearnerWork>())
        {
            var current = learner.GradeOn(id);
            var before = Scaled.ToDecimal(learner.Row.Cell(assignment.Slot));
            var isClosed = closed.Refuses(id, learner.UserId) is not null;
            var left = reviewed.ByPerson.Contains(learner.UserId) ? LeftBecause.MarkedByPerson
                : isClosed ? LeftBecause.PeriodClosed
                : assignment.SeveralMarkers ? LeftBecause.SeveralMarkers
                : current.Status is WorkStatus.Excused ? LeftBecause.Excused
                : otherwise.Contains(learner.UserId) && current is { EnteredScore: not null, ScoreIsAutomatic: false }
                    ? LeftBecause.ScoreByPerson : (LeftBecause?)null;
            lines.Add(new(
                learner.UserId, names.GetValueOrDefault(learner.UserId), isClosed ? 0 : counts.GetValueOrDefault(learner.UserId), before,
                asked.TryGetValue(learner.UserId, out var change) ? After(held.Course, learner, assignment, change.Change) : before,
                current.PostedAt is not null, left)
            {
                Withheld = current.GraderId != actor.UserId && open.Contains(learner.UserId),
            });
        }

        return lines;
    }

    private decimal? After(CourseStructure course, LearnerWork learner, Assignment assignment, GradeChange change)
    {
        var id = assignment.AssignmentId;
        learner.Put(change.ToEntry(change.ApplyTo(
            learner.GradeOn(id), assignment, learner.LatestOn(id)?.SubmissionId, actor.UserId, GradeSource.Automatic, db.Now)));
        return Scaled.ToDecimal(GradebookProjection.Fold(course, learner).Row.Cell(assignment.Slot));
    }
}
