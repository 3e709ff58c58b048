using Lectern.Contracts.Courses;
using Lectern.Platform.Events;
using Lectern.Platform.Tenancy;

namespace Lectern.Contracts.Grading;

/// <summary>Learners may now see an assignment.</summary>
public sealed record AssignmentPublished(AssignmentId AssignmentId, CourseId CourseId, string Title, DateTimeOffset? DueAt) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>An assignment changed: its dates, points, title, or whether learners see it at all.</summary>
public sealed record AssignmentChanged(
    AssignmentId AssignmentId, CourseId CourseId, string Title, DateTimeOffset? DueAt, bool Published) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>A learner handed something in, or somebody did so for their group.</summary>
/// <param name="HandedInBy">The learner, or the mate who handed in for all; null in what was raised before this was said.</param>
public sealed record WorkSubmitted(SubmissionId SubmissionId, AssignmentId AssignmentId, CourseId CourseId, UserId UserId, int Attempt,
    DateTimeOffset SubmittedAt, bool Late, UserId? HandedInBy = null) : IEvent
{
    public string Aggregate => $"submission:{AssignmentId.Value}:{UserId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>
/// A learner's grade on an assignment changed: a score, an excuse, or its posting. <see cref="WithRemarks"/> says that posting it shows
/// remarks too, which nothing else tells of.
/// </summary>
public sealed record GradeRecorded(
    AssignmentId AssignmentId, CourseId CourseId, UserId UserId, decimal? Score, bool Posted, bool WithRemarks = false) : IEvent
{
    public string Aggregate => $"grade:{AssignmentId.Value}:{UserId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>Grades of an assignment were shown to learners, or hidden from them. Heard by open pages only.</summary>
public sealed record PostingChanged(AssignmentId AssignmentId, CourseId CourseId) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>Graders see from now on whose work they grade, because grades were posted or somebody said why.</summary>
[ForIntegrations("systems that watch over exams keep when names were shown")]
public sealed record AnonymityLifted(AssignmentId AssignmentId, CourseId CourseId) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>
/// Somebody set a learner's final grade, or took it back. Period 0 is the whole course; without a percent the computed grade stands.
/// </summary>
public sealed record FinalGradeChanged(CourseId CourseId, UserId UserId, long PeriodId, decimal? Percent, string? StatusCode) : IEvent
{
    public string Aggregate => $"final_grade:{CourseId.Value}:{UserId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>What a learner is allowed beside the late policy changed, or a late pass was spent. Heard by open pages only.</summary>
public sealed record LateAllowanceChanged(CourseId CourseId, UserId UserId) : IEvent
{
    public string Aggregate => $"late_allowance:{CourseId.Value}:{UserId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>A learner may read what somebody else said of their work.</summary>
public sealed record FeedbackGiven(AssignmentId AssignmentId, CourseId CourseId, UserId UserId, UserId AuthorId) : IEvent
{
    public string Aggregate => $"submission:{AssignmentId.Value}:{UserId.Value}";
}

/// <summary>A grader wrote to a learner, as the learner reads it. <see cref="NamesScore"/> says that it tells a score.</summary>
[KeptInside("it is what one person wrote to another")]
public sealed record LearnerMessaged(
    CourseId CourseId, UserId UserId, UserId AuthorId, AssignmentId? AssignmentId, string Subject, string Body, bool NamesScore) : IEvent
{
    public string Aggregate => $"learner:{CourseId.Value}:{UserId.Value}";
}

/// <summary>Learners are to review others' work, or still owe reviews that are due soon.</summary>
/// <param name="Again">They were asked before, and the time is nearly over.</param>
public sealed record PeerReviewsAsked(
    AssignmentId AssignmentId, CourseId CourseId, IReadOnlyList<UserId> UserIds, DateTimeOffset DueAt, bool Again) : IEvent
{
    /// <summary>A larger crowd comes in several events.</summary>
    public const int Most = 200;

    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>Learners can now read what others said of their work. It does not say who.</summary>
public sealed record PeerReviewsShown(AssignmentId AssignmentId, CourseId CourseId, IReadOnlyList<UserId> UserIds) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";
}

/// <summary>A learner wants a grade to be looked at again.</summary>
public sealed record RegradeRequested(AssignmentId AssignmentId, CourseId CourseId, UserId UserId) : IEvent
{
    public string Aggregate => $"submission:{AssignmentId.Value}:{UserId.Value}";
}

/// <summary>All rows of a gradebook follow the course's present rules again. Heard by open pages only.</summary>
public sealed record GradebookRefolded(CourseId CourseId) : IEvent
{
    public string Aggregate => $"course:{CourseId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}

/// <summary>
/// Part of a learner's work was assessed by its rubric and the grade stayed as it was. Heard by open pages only, whose versions it
/// outdates.
/// </summary>
public sealed record RubricAssessed(AssignmentId AssignmentId, CourseId CourseId, UserId UserId) : IEvent
{
    public string Aggregate => $"grade:{AssignmentId.Value}:{UserId.Value}";

    public string LiveTopic => $"gradebook:{CourseId.Value}";
}
