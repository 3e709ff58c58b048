using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lectern.Grading.Grades;

/// <summary>Changes one grade: ledger, grade, row, totals, counter, audit and event in one transaction.</summary>
internal sealed class GradeRecorder(TenantDb db, Actor actor, GradebookStore gradebooks, GradeStore grades, CommentStore comments)
{
    public async Task<Results<Ok<RecordedGrade>, NotFound, ProblemHttpResult>> Record(
        CourseId courseId, AssignmentId assignmentId, UserId learnerId, GradeChange change, CancellationToken ct)
    {
        var held = await gradebooks.Hold(courseId, [learnerId], ct);
        if (held.Course?.Find(assignmentId) is not { } assignment || !held.Learners.TryGetValue(learnerId, out var learner))
            return TypedResults.NotFound();
        if (change.RefusedBy(assignment) is { } refusal) return refusal.ToProblem();
        var current = learner.GradeOn(assignmentId);
        if (change.IsAlreadyIn(current, actor.UserId)) return TypedResults.Ok(Answer(held.Course, learner, assignment, current));
        if (!current.IsAsSeenAt(change.Version)) return await Conflict(current, change, ct);
        if (change is { HasScore: false, Status: null, RubricData: null })
            return string.IsNullOrWhiteSpace(change.Comment) ? Nothing : Commented(held.Course, learner, assignment, change);
        if (change.SubmissionId is { } graded && !learner.HandedInAs(assignmentId, graded)) return UnknownAttempt;
        return TypedResults.Ok(Save(held.Course, learner, assignment, change));
    }

    private RecordedGrade Save(CourseStructure course, LearnerWork learner, Assignment assignment, GradeChange change)
    {
        var before = learner.GradeOn(assignment.AssignmentId);
        var source = actor.Kind is ActorKind.Person ? GradeSource.Person : GradeSource.Api;
        var grade = change.ApplyTo(before, assignment, learner.LatestOn(assignment.AssignmentId)?.SubmissionId, actor.UserId, source,
            db.Now);
        learner.Put(grade);
        var answer = new RecordedGrade();
        grades.AppendAtCommit(course.Head.CourseId, grade, change.Kind, change.RubricData, change.Reason, id => answer.GradeId = id);
        Comment(course.Head.CourseId, learner, assignment, change);
        db.Audit(GradingAudit.GradeRecorded, $"grade:{assignment.AssignmentId.Value}:{learner.UserId.Value}", new
        {
            from = before.EnteredScore, to = grade.EnteredScore, status_from = before.Status, status_to = grade.Status, source,
                reason = change.Reason,
        });
        var folded = GradebookProjection.Fold(course, learner).Row;
        db.Raise(new GradeRecorded(
            assignment.AssignmentId, course.Head.CourseId, learner.UserId, Scaled.ToDecimal(folded.Cell(assignment.Slot)),
            grade.PostedAt is not null));
        gradebooks.FoldAtCommit(course, [learner], version => answer.CourseVersion = version);
        return answer.Fill(grade, folded, assignment);
    }

    private RecordedGrade Answer(CourseStructure course, LearnerWork learner, Assignment assignment, Grade current) =>
        new RecordedGrade { GradeId = current.GradeId, CourseVersion = course.Head.Version }.Fill(current, learner.Row, assignment);

    private Ok<RecordedGrade> Commented(CourseStructure course, LearnerWork learner, Assignment assignment, GradeChange change)
    {
        Comment(course.Head.CourseId, learner, assignment, change);
        return TypedResults.Ok(Answer(course, learner, assignment, learner.GradeOn(assignment.AssignmentId)));
    }

    private void Comment(CourseId course, LearnerWork learner, Assignment assignment, GradeChange change)
    {
        if (string.IsNullOrWhiteSpace(change.Comment)) return;
        var about = change.SubmissionId ?? learner.LatestOn(assignment.AssignmentId)?.SubmissionId;
        comments.AddAtCommit(course, assignment.AssignmentId, learner.UserId, about, change.Comment.Trim());
    }

    /// <summary>Another grader was faster: what stands, who set it and when, and what was to be set.</summary>
    private async Task<ProblemHttpResult> Conflict(Grade current, GradeChange change, CancellationToken ct) => Problems.Conflict(
        "Somebody changed this grade after you read it. Nothing was overwritten.",
        new
        {
            grade_id = current.IsRecorded ? current.GradeId : (GradeId?)null, current.Score, current.EnteredScore, current.Status,
                current.Version,
            GradedBy = new { UserId = current.GraderId, Name = await grades.NameOf(current.GraderId, ct) },
            GradedAt = current.IsRecorded ? current.GradedAt : (DateTimeOffset?)null,
        },
        new { change.Score, change.Status, change.Version });

    private static ProblemHttpResult Nothing =>
        new Refusal("nothing_to_change", "Say a score, a status, a rubric assessment or a comment.").ToProblem();

    private static ProblemHttpResult UnknownAttempt =>
        new Refusal("unknown_submission", "This learner has no such submission here.", "submission_id").ToProblem();
}

/// <summary>A grade as it stands after a change, with what the change did to the learner's totals.</summary>
internal sealed class RecordedGrade
{
    // Known when the unit of work has been committed, which is before this is sent.
    public GradeId GradeId { get; set; }

    public long CourseVersion { get; set; }

    public decimal? Score { get; private set; }

    public decimal? EnteredScore { get; private set; }

    public decimal PointsDeducted { get; private set; }

    public WorkStatus Status { get; private set; }

    public int Flags { get; private set; }

    public UserId? GraderId { get; private set; }

    public DateTimeOffset GradedAt { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    public int Version { get; private set; }

    public RowTotals RowTotals { get; private set; } = new(null, null, null, null);

    public RecordedGrade Fill(Grade grade, GradebookRow row, Assignment assignment)
    {
        Score = Scaled.ToDecimal(row.Cell(assignment.Slot));
        (EnteredScore, Status, GraderId, GradedAt, PostedAt, Version) = (grade.EnteredScore, grade.Status, grade.GraderId, grade.GradedAt,
            grade.PostedAt, grade.Version);
        PointsDeducted = EnteredScore is { } entered && Score is { } score ? entered - score : 0;
        Flags = (int)row.Flag(assignment.Slot);
        RowTotals = RowTotals.Of(row);
        return this;
    }
}

/// <summary>A learner's totals in percent, as graders see them.</summary>
internal sealed record RowTotals(decimal? Current, decimal? Final, string? CurrentLetter, string? FinalLetter)
{
    public static RowTotals Of(GradebookRow row) => new(
        Scaled.ToDecimal(row.Total(TotalKind.Current)), Scaled.ToDecimal(row.Total(TotalKind.Final)), row.Letter(TotalKind.Current),
        row.Letter(TotalKind.Final));
}
