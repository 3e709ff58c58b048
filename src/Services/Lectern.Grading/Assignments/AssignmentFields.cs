using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Platform.Http;

namespace Lectern.Grading.Assignments;

/// <summary>What an assignment is to be, as whoever makes or changes it says. A change says all of it.</summary>
internal sealed record AssignmentFields
{
    public string? Title { get; init; }

    public string Description { get; init; } = string.Empty;

    public AssignmentGroupId? AssignmentGroupId { get; init; }

    public decimal PointsPossible { get; init; } = 100;

    public AssignmentGrading GradingType { get; init; } = AssignmentGrading.Points;

    public SubmissionType[] SubmissionTypes { get; init; } = [SubmissionType.Text, SubmissionType.File];

    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? UnlocksAt { get; init; }

    public DateTimeOffset? LocksAt { get; init; }

    public int? AttemptsAllowed { get; init; }

    /// <summary>Which score stands when more than one attempt is graded.</summary>
    public AttemptsKept AttemptsKept { get; init; }

    public int? Position { get; init; }

    public bool OmitFromFinal { get; init; }

    public bool ExtraCredit { get; init; }

    public bool Optional { get; init; }

    public bool OnlyNamed { get; init; }

    public bool PostsManually { get; init; }

    /// <summary>Learners of one group of this set hand in together.</summary>
    public GroupSetId? GroupSetId { get; init; }

    /// <summary>Each member of a group is graded for themselves; otherwise a score is recorded for all of them.</summary>
    public bool GradeIndividually { get; init; }

    /// <summary>Heeded when it is made; afterwards the status has an address of its own.</summary>
    public AssignmentStatus Status { get; init; } = AssignmentStatus.Draft;

    /// <summary>The version this change was made upon.</summary>
    public int? Version { get; init; }

    public Refusal? Refused() => this switch
    {
        { Title: var title } when string.IsNullOrWhiteSpace(title) => new("title_required", "An assignment needs a title.", "title"),
        { Title.Length: > 255 } => new("too_long", "A title can have at most 255 characters.", "title"),
        { Description.Length: > 200_000 } => new("too_long", "A description can have at most 200,000 characters.", "description"),
        { PointsPossible: < 0 or > Assignment.LargestScore } =>
            new("points_out_of_range", $"Points lie between 0 and {Assignment.LargestScore:0}.", "points_possible"),
        { PointsPossible: var points } when decimal.Round(points, Scaled.Places) != points =>
            new("points_too_fine", $"Points can have at most {Scaled.Places} decimals.", "points_possible"),
        { AttemptsAllowed: < 1 or > 1000 } =>
            new("attempts_out_of_range", "Between 1 and 1000 attempts, or none named for any number.", "attempts_allowed"),
        { SubmissionTypes: null or [] } =>
            new("submission_types_required", "Say how it is handed in; 'none' when it is not.", "submission_types"),
        { SubmissionTypes.Length: > 1 } when SubmissionTypes.Contains(SubmissionType.None) =>
            new("submission_types_contradict", "'none' stands alone.", "submission_types"),
        { SubmissionTypes.Length: > 1 } when SubmissionTypes.Contains(SubmissionType.Questions) =>
            new("submission_types_contradict", "'questions' stands alone; a question can be answered with a text.", "submission_types"),
        { SubmissionTypes: var types } when types.Distinct().Count() < types.Length =>
            new("submission_types_repeat", "Each way is named once.", "submission_types"),
        { GradeIndividually: true, GroupSetId: null } => new(
            "group_set_required", "Name the group set whose members are graded one by one.", "group_set_id"),
        { Status: AssignmentStatus.Deleted } => new("bad_status", "An assignment begins as draft or published.", "status"),
        { Position: < 0 or > 1_000_000 } => new("position_out_of_range", "A position lies between 0 and 1,000,000.", "position"),
        _ => RefusedDates(UnlocksAt, DueAt, LocksAt),
    };

    public static Refusal? RefusedDates(DateTimeOffset? unlocksAt, DateTimeOffset? dueAt, DateTimeOffset? locksAt) =>
        (unlocksAt, dueAt, locksAt) switch
    {
        _ when unlocksAt > dueAt => new("dates_out_of_order", "It cannot be due before it opens.", "due_at"),
        _ when dueAt > locksAt => new("dates_out_of_order", "It cannot close before it is due.", "locks_at"),
        _ when unlocksAt >= locksAt => new("dates_out_of_order", "It cannot close before it opens.", "locks_at"),
        _ => null,
    };
}
