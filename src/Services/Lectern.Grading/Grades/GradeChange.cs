using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>What a grader asks for. A score that is left out stays; one that is null is taken away.</summary>
internal sealed class GradeChange
{
    public const int LongestComment = 20_000;
    private const int LargestRubric = 64 << 10;

    public decimal? Score
    {
        get;
        set
        {
            field = value;
            HasScore = true;
        }
    }

    [JsonIgnore]
    public bool HasScore { get; private set; }

    /// <summary>computed, on_time, late, missing, excused or extended. Left out: stays.</summary>
    public WorkStatus? Status { get; set; }

    /// <summary>How late it is to count when the status is late.</summary>
    public long? SecondsLate { get; set; }

    public JsonElement? RubricData { get; set; }

    public string? Comment { get; set; }

    public string? Reason { get; set; }

    /// <summary>The attempt that was graded; the latest when left out.</summary>
    public SubmissionId? SubmissionId { get; set; }

    /// <summary>The version of the grade this change was made upon; 0 where there was none.</summary>
    public int? Version { get; set; }

    public Refusal? RefusedBy(Assignment assignment) => this switch
    {
        { Version: null } => new Refusal("version_required", "Say which version of the grade you saw; 0 when there was none.", "version"),
        { Comment.Length: > LongestComment } =>
            new Refusal("too_long", $"A comment can have at most {LongestComment} characters.", "comment"),
        { Reason.Length: > 500 } => new Refusal("too_long", "A reason can have at most 500 characters.", "reason"),
        { SecondsLate: < 0 or > 315_360_000 } =>
            new Refusal("seconds_late_out_of_range", "Between 0 seconds and ten years late.", "seconds_late"),
        { RubricData: { } rubric } when rubric.GetRawText().Length > LargestRubric =>
            new Refusal("too_long", "This rubric assessment is too large.", "rubric_data"),
        _ => assignment.RefusesScore(Score),
    };

    /// <summary>The grade as it stands after this change.</summary>
    public Grade ApplyTo(Grade current, Assignment assignment, SubmissionId? latest, UserId? grader, GradeSource source, DateTimeOffset now)
    {
        var score = HasScore ? Score : current.EnteredScore;
        // Typing a score says that the work is there and counts; a status set in the same breath says otherwise.
        var status = Status ?? (
            Score is not null && current.Status is WorkStatus.Excused or WorkStatus.Missing ? WorkStatus.Computed : current.Status);
        var says = score is not null || status is WorkStatus.Excused or WorkStatus.Missing;
        return current with
        {
            EnteredScore = score, ScoreIsAutomatic = !HasScore && current.ScoreIsAutomatic, Status = status,
            SecondsLate = status is WorkStatus.Late ? SecondsLate ?? current.SecondsLate : null,
            PendingReview = !HasScore && current.PendingReview,
            PostedAt = current.PostedAt ?? (says && !assignment.PostsManually ? now : null),
            SubmissionId = HasScore ? SubmissionId ?? latest : current.SubmissionId,
            GraderId = grader, Source = source, GradedAt = now, Version = current.Version + 1, SaidVersion = current.Version + 1,
        };
    }

    /// <summary>Whether the grade already stands as this change wants it: the answer to the first request was lost, say.</summary>
    public bool IsAlreadyIn(Grade current, UserId? grader) =>
        (HasScore || Status is not null) && current.Version == Version + 1 && current.GraderId == grader
            && (!HasScore || current.EnteredScore == Score)
        && (Status is null || Status == current.Status) && RubricData is null;

    public EntryKind Kind => HasScore ? EntryKind.Score : Status is not null ? EntryKind.Status : EntryKind.Rubric;
}
