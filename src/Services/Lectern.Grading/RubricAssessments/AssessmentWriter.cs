using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.RubricAssessments;

/// <summary>Writes what assessments made of grades whose rows are held: ledger, grades, rows, counter, audit and events.</summary>
internal sealed class AssessmentWriter(TenantDb db, GradebookStore gradebooks, GradeStore grades)
{
    /// <summary>One grade, answered as it then stands, with those that go with it.</summary>
    public RecordedGrade Write(CourseStructure course, AssessedChange change, IReadOnlyList<AssessedChange> others)
    {
        List<AssessedChange> all = [change, .. others];
        var answers = all.ToDictionary(one => one.Learner.UserId, _ => new RecordedGrade());
        var folded = Write(course, all, place => answers[place.UserId].GradeId = place.GradeId, version =>
        {
            foreach (var answer in answers.Values) answer.CourseVersion = version;
        });
        foreach (var one in all)
            answers[one.Learner.UserId].Fill(
                one.Learner.GradeOn(one.Assignment.AssignmentId),
                folded.Single(learner => learner.Row.UserId == one.Learner.UserId).Row, one.Assignment);
        var first = answers[change.Learner.UserId];
        first.Also = [.. others.Select(one => answers[one.Learner.UserId])];
        return first;
    }

    /// <summary>Many grades of a course, at most one entry for each.</summary>
    public List<FoldedLearner> Write(
        CourseStructure course, IReadOnlyList<AssessedChange> changes, Action<GradePlace>? placed = null, Action<long>? versioned = null)
    {
        var before = changes.Select(change => change.Learner.GradeOn(change.Assignment.AssignmentId)).ToList();
        foreach (var change in changes) change.Learner.Put(change.Entry);
        // In user order, like everything that holds rows.
        var learners = changes.Select(change => change.Learner).DistinctBy(learner => learner.UserId)
            .OrderBy(learner => learner.UserId.Value).ToList();
        var folded = learners.ConvertAll(learner => GradebookProjection.Fold(course, learner));
        foreach (var (learner, fold) in learners.Zip(folded)) fold.Rescored.ToList().ForEach(learner.Put);
        grades.AppendAtCommit(course.Head.CourseId, [.. changes.Select(change => change.Entry)], placed);
        foreach (var (change, was) in changes.Zip(before)) Audit(change, was);
        Tell(course.Head.CourseId, changes, before, folded.ToDictionary(learner => learner.Row.UserId, learner => learner.Row));
        gradebooks.WriteAtCommit(course, learners, folded, versioned);
        return folded;
    }

    // A learner is told when the grade changed, not for every criterion on the way there.
    private void Tell(
        CourseId course, IReadOnlyList<AssessedChange> changes, List<Grade> before, Dictionary<UserId, GradebookRow> rows)
    {
        var told = changes.Zip(before).ToLookup(one => one.Second.SaysTheSame(one.First.Entry.Grade), one => one.First);
        foreach (var change in told[true])
            db.Raise(new RubricAssessed(change.Assignment.AssignmentId, course, change.Learner.UserId));
        db.RaiseAll(told[false].Select(change => new GradeRecorded(
            change.Assignment.AssignmentId, course, change.Learner.UserId,
            Scaled.ToDecimal(rows[change.Learner.UserId].Cell(change.Assignment.Slot)), change.Entry.Grade.PostedAt is not null)).ToList());
    }

    private void Audit(AssessedChange change, Grade before) => db.Audit(
        GradingAudit.GradeRecorded, $"grade:{change.Assignment.AssignmentId.Value}:{change.Learner.UserId.Value}", new
        {
            from = before.EnteredScore, to = change.Entry.Grade.EnteredScore, rubric = change.Entry.Kind is not EntryKind.Marks,
            source = change.Entry.Grade.Source,
            reason = change.Entry.Reason,
        });
}

/// <summary>What an assessment makes of one held learner's grade.</summary>
internal sealed record AssessedChange(LearnerWork Learner, Assignment Assignment, NewEntry Entry)
{
    public static NewEntry EntryOf(Grade grade, Assessment becomes, string? reason = null) => new(
        grade, EntryKind.Rubric, JsonSerializer.Serialize(becomes, LecternJson.Options), KeepsRubric: false, reason);
}
