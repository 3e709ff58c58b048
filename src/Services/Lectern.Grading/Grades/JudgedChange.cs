using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>A change, and whose grade on what it is about.</summary>
internal sealed record AskedChange(AssignmentId AssignmentId, UserId UserId, GradeChange Change);

/// <summary>What becomes of a change that was asked for.</summary>
internal enum Verdict { Accepted, AlreadyIn, Conflicting, Refused, Unknown }

/// <summary>
/// A change held against what stands. This is the one place that says which change of a grade may be made, for one and for many.
/// </summary>
internal sealed record JudgedChange(AskedChange Asked, Verdict Verdict, Refusal? Refusal = null)
{
    private Assignment? assignment;
    private LearnerWork? learner;

    public GradeChange Change => Asked.Change;

    /// <summary>Known unless the verdict is that it is unknown.</summary>
    public Assignment Assignment => assignment!;

    public LearnerWork Learner => learner!;

    /// <summary>As it stands now.</summary>
    public Grade Current => Learner.GradeOn(Asked.AssignmentId);

    public static JudgedChange Of(AskedChange asked, HeldLearners held, ClosedWork closed, UserId? grader)
    {
        if (held.Course?.Find(asked.AssignmentId) is not { } assignment || !held.Learners.TryGetValue(asked.UserId, out var learner))
            return new(asked, Verdict.Unknown);
        var (verdict, refusal) = Judge(asked.Change, assignment, learner, closed, grader);
        return new(asked, verdict, refusal) { assignment = assignment, learner = learner };
    }

    private static (Verdict Verdict, Refusal? Refusal) Judge(
        GradeChange change, Assignment assignment, LearnerWork learner, ClosedWork closed, UserId? grader)
    {
        if (change.RefusedBy(assignment) is { } refusal) return (Verdict.Refused, refusal);
        var current = learner.GradeOn(assignment.AssignmentId);
        if (change.IsAlreadyIn(current, grader)) return (Verdict.AlreadyIn, null);
        if (!current.IsAsSeenAt(change.Version)) return (Verdict.Conflicting, null);
        // A criterion saved since is no other grade, but a whole assessment brought back would wipe it.
        if (change is { Restore: not null, LeavesRubric: false } && current.Version != change.Version)
            return (Verdict.Conflicting, null);
        if (!change.SaysGrade && string.IsNullOrWhiteSpace(change.Comment)) return (Verdict.Refused, Nothing);
        if (change.SubmissionId is { } graded && !learner.HandedInAs(assignment.AssignmentId, graded))
            return (Verdict.Refused, UnknownAttempt);
        if (change.SaysGrade && closed.Refuses(assignment.AssignmentId, learner.UserId) is { } shut) return (Verdict.Refused, shut);
        return (Verdict.Accepted, null);
    }

    private static Refusal Nothing => new("nothing_to_change", "Say a score, a status, a rubric assessment or a comment.");

    private static Refusal UnknownAttempt => new("unknown_submission", "This learner has no such submission here.", "submission_id");
}
