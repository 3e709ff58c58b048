using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Calculation;
using Lectern.Platform.Http;

namespace Lectern.Grading.Assignments;

/// <summary>Something learners hand in or are graded on. Its description, which may be long, is read apart.</summary>
/// <param name="Anonymous">Graders do not see whose work it is.</param>
/// <param name="SeveralMarkers">Several people mark it and a moderator decides.</param>
internal sealed record Assignment(
    AssignmentId AssignmentId, CourseId CourseId, AssignmentGroupId AssignmentGroupId, int Slot, string Title, decimal PointsPossible,
    AssignmentGrading GradingType, SubmissionType[] SubmissionTypes, DateTimeOffset? DueAt, DateTimeOffset? UnlocksAt,
    DateTimeOffset? LocksAt,
    int? AttemptsAllowed, AssignmentStatus Status, int Position, bool OmitFromFinal, bool ExtraCredit, bool Optional, bool OnlyNamed,
    bool PostsManually, DateTimeOffset? PostsAt, GroupSetId? GroupSetId, bool GradeIndividually, bool Anonymous, bool SeveralMarkers,
    AttemptsKept AttemptsKept, int Version)
{
    public const string Columns = """
        a.assignment_id, a.course_id, a.assignment_group_id, a.slot, a.title, a.points_possible, a.grading_type, a.submission_types,
            a.due_at,
        a.unlocks_at, a.locks_at, a.attempts_allowed, a.status, a.position, a.omit_from_final, a.extra_credit, a.optional, a.only_named,
        a.posts_manually, a.posts_at, a.group_set_id, a.grade_individually,
        a.anonymity_key IS NOT NULL AND a.anonymity_lifted_at IS NULL AS anonymous, a.several_markers, a.attempts_kept, a.version
        """;

    /// <summary>Whether a group hands in one piece of work here.</summary>
    public bool IsGroupWork => GroupSetId is not null;

    /// <summary>What is handed in are answers to questions.</summary>
    public bool AsksQuestions => SubmissionTypes.Contains(SubmissionType.Questions);

    public bool IsPublished => Status is AssignmentStatus.Published;

    /// <summary>Whether its absence can be seen: work on paper is never missing by itself.</summary>
    public bool HandedInOnline => SubmissionTypes.Any(type => type is not (SubmissionType.OnPaper or SubmissionType.None));

    /// <summary>What the calculator knows of it.</summary>
    public GradedAssignment ToGraded() => new(AssignmentId.Value, AssignmentGroupId.Value, PointsPossible)
    {
        GradingType = GradingType switch
        {
            AssignmentGrading.Points => Calculation.GradingType.Points,
            AssignmentGrading.Percent => Calculation.GradingType.Percent,
            AssignmentGrading.PassFail => Calculation.GradingType.PassFail,
            AssignmentGrading.NotGraded => Calculation.GradingType.NotGraded,
            _ => Calculation.GradingType.Letter,
        },
        OmitFromFinal = OmitFromFinal, Published = IsPublished, ExtraCredit = ExtraCredit, HandedInOnline = HandedInOnline,
        Optional = Optional, Kept = AttemptsKept,
    };

    /// <summary>Why this cannot be somebody's score here; null when it can.</summary>
    public Refusal? RefusesScore(decimal? score) => score switch
    {
        null => null,
        _ when GradingType is AssignmentGrading.NotGraded => new Refusal("not_graded", $"'{Title}' is not graded.", "score"),
        < 0 => new Refusal("score_negative", "A score cannot be less than 0.", "score"),
        > LargestScore => new Refusal("score_too_large", $"A score can be at most {LargestScore:0}.", "score"),
        { Scale: > Scaled.Places } fine when decimal.Round(fine, Scaled.Places) != fine =>
            new Refusal("score_too_fine", $"A score can have at most {Scaled.Places} decimals.", "score"),
        _ => null,
    };

    public const decimal LargestScore = 1_000_000;

    /// <summary>Why one person cannot give the score of work that several mark.</summary>
    public static Refusal MarkedBySeveral => new(
        "marked_by_several", "Several people mark this: give your own mark, or decide it as a moderator.");
}

internal enum AssignmentStatus { Draft, Published, Deleted }

internal enum AssignmentGrading { Points, Percent, PassFail, Letter, Gpa, NotGraded }

internal enum SubmissionType { Text, File, Url, Media, OnPaper, None, Questions }
