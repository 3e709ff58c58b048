using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>Where a learner stands on an assignment: the newest entry of the ledger, with what late policy took off.</summary>
/// <param name="SaidVersion">The newest version that changed more than whether the learner sees it.</param>
/// <param name="Label">The number of a status of the course's own.</param>
/// <param name="AttemptScores">What each attempt earned, where more than one was graded.</param>
internal sealed record Grade(
    GradeId GradeId, AssignmentId AssignmentId, UserId UserId, decimal? EnteredScore, decimal PointsDeducted, decimal? Score,
    bool ScoreIsAutomatic,
    WorkStatus Status, long? SecondsLate, bool PendingReview, DateTimeOffset? PostedAt, SubmissionId? SubmissionId, GradeSource Source,
    UserId? GraderId,
    DateTimeOffset GradedAt, int Version, int SaidVersion, AttemptScores? AttemptScores = null, short? Label = null)
{
    public const string Columns = """
        g.grade_id, g.assignment_id, g.user_id, g.entered_score, g.points_deducted, g.score, g.score_is_automatic, g.status, g.seconds_late,
        g.pending_review, g.posted_at, g.submission_id, g.source, g.grader_id, g.graded_at, g.version,
        COALESCE(g.said_version, g.version) AS said_version, g.attempt_scores, g.label
        """;

    public static Grade None(AssignmentId assignment, UserId user) => new(
        default, assignment, user, null, 0, null, false, WorkStatus.Computed, null, false, null, null, GradeSource.Person, null, default,
        0, 0);

    public bool IsRecorded => Version > 0;

    /// <summary>Whether it is worth what it was at this version: being shown or hidden in between stands in no grader's way.</summary>
    public bool IsAsSeenAt(int? version) => version >= SaidVersion && version <= Version;

    /// <summary>Whether a learner would see no difference.</summary>
    public bool SaysTheSame(Grade other) =>
        (EnteredScore, ScoreIsAutomatic, Status, SecondsLate, PostedAt, SubmissionId, Label) == (other.EnteredScore,
            other.ScoreIsAutomatic, other.Status, other.SecondsLate, other.PostedAt, other.SubmissionId, other.Label);

    /// <summary>With another score for the attempt that was graded.</summary>
    public Grade With(decimal? score) => this with { EnteredScore = score, AttemptScores = AttemptScores.After(this, SubmissionId, score) };

    /// <summary>As if nobody had said what this attempt is worth, where others were scored too.</summary>
    public Grade Forget(SubmissionId? attempt) => AttemptScores is { } scores && attempt is { } gone
        ? this with { AttemptScores = new([.. scores.Scores.Where(one => one.SubmissionId != gone)]) }
        : this;

    /// <summary>Whether nobody has said yet what this attempt is worth, though they have of another.</summary>
    public bool IsBehind(SubmissionId latest, AttemptsKept kept) => IsSettled && Status is not WorkStatus.Excused
        && SubmissionId != latest && (kept is AttemptsKept.Latest || AttemptScores?.Of(latest) is null);

    /// <summary>Whether an attempt was graded by it.</summary>
    public bool SpeaksOf(SubmissionId attempt) => SubmissionId == attempt || AttemptScores?.Of(attempt) is not null;

    /// <summary>Whether there is something for the learner to see: a score, or a grader's word that stands for one.</summary>
    public bool SaysSomething => EnteredScore is not null || Status is WorkStatus.Excused or WorkStatus.Missing;

    /// <summary>Whether nobody has said anything of it but the course's rules, which may go on.</summary>
    public bool IsLeftToRules => Source is GradeSource.Policy || SaidVersion == 0;

    /// <summary>Whether it has the score of missing work because the rules said so by the dates.</summary>
    public bool IsMissingByRule => Status is WorkStatus.Missing && Source is GradeSource.Policy && EnteredScore is null;

    /// <summary>
    /// With another status by the course's rules. Where they take one back and grades are shown by hand, what comes next waits for that.
    /// </summary>
    public Grade ByRule(WorkStatus status, Assignment assignment, DateTimeOffset now) => this with
    {
        Status = status, Source = GradeSource.Policy, GraderId = null, GradedAt = now, Version = Version + 1, SaidVersion = Version + 1,
        PostedAt = (status, assignment.PostsManually) switch
        {
            (WorkStatus.Missing, false) => PostedAt ?? now,
            (WorkStatus.Computed, true) when EnteredScore is null => null,
            _ => PostedAt,
        },
    };

    /// <summary>Whether a person or a quiz has said what this is worth, so that nobody need look at it again.</summary>
    public bool IsSettled => Status is WorkStatus.Excused || (EnteredScore is not null && !ScoreIsAutomatic);
}

/// <summary>Who or what changed a grade.</summary>
internal enum GradeSource { Person, Quiz, Import, Policy, Api, Ai, Automatic }

/// <summary>What an entry of the ledger changed first of all.</summary>
internal enum EntryKind { Score, Status, Posting, Rubric, Undo, Marks }
