using System.Text.Json;
using System.Text.Json.Serialization;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.RubricAssessments;
using Lectern.Platform.Data;
using Lectern.Grading.Labels;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Grades;

/// <summary>What a grader asks for. A score that is left out stays; one that is null is taken away.</summary>
internal class GradeChange
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

    /// <summary>A status of the course's own by its number; null takes it away. One that excuses brings the excuse with it.</summary>
    public short? Label
    {
        get;
        set
        {
            field = value;
            HasLabel = true;
        }
    }

    [JsonIgnore]
    public bool HasLabel { get; private set; }

    /// <summary>What the course calls things; found by whoever records this, where a label is said.</summary>
    [JsonIgnore]
    public GradeLabels? Labels { get; set; }

    /// <summary>How late it is to count when the status is late.</summary>
    public long? SecondsLate { get; set; }

    public JsonElement? RubricData { get; set; }

    public string? Comment { get; set; }

    /// <summary>The learner reads the comment now, whether the grade is posted or not; else with the grade.</summary>
    public bool CommentAtOnce { get; set; }

    public string? Reason { get; set; }

    /// <summary>The attempt that was graded; the latest when left out.</summary>
    public SubmissionId? SubmissionId { get; set; }

    /// <summary>
    /// Where a group is graded as one: this learner's grade alone, and not that of everybody who made the work with them.
    /// </summary>
    public bool OnlyThisLearner { get; set; }

    /// <summary>Whether others of a group are meant too. What is restored is restored for each by their own version.</summary>
    [JsonIgnore]
    public bool MeansGroup => !OnlyThisLearner && Restore is null && (HasScore || !string.IsNullOrWhiteSpace(Comment));

    /// <summary>
    /// Takes the grade back to what stood at this version of it: score, status, lateness, rubric and attempt; 0: to before the first. It
    /// is said alone, and is one more entry.
    /// </summary>
    public int? Restore { get; set; }

    /// <summary>What the ledger says stood at the version to be restored; found by whoever records this.</summary>
    [JsonIgnore]
    public GradeEntry? Earlier { get; set; }

    /// <summary>What the ledger says stood at the version this change was made upon, when one is to be restored.</summary>
    [JsonIgnore]
    public GradeEntry? Seen { get; set; }

    /// <summary>Whether the rubric stays as it is: what is taken back did not touch it, and it may have been saved since.</summary>
    [JsonIgnore]
    public bool LeavesRubric => Restore is not null && Text(Earlier) == Text(Seen);

    /// <summary>The assignment is assessed by a rubric; found by whoever records this.</summary>
    [JsonIgnore]
    public bool HasRubric { get; set; }

    /// <summary>Set where a moderator decided it from the marks of several.</summary>
    [JsonIgnore]
    public DecidedRubric? Decided { get; set; }

    /// <summary>Where it comes from, when somebody's file or another part of the program says it and not whoever asks.</summary>
    [JsonIgnore]
    public GradeSource? Source { get; set; }

    /// <summary>The score is what the marks of the attempt's answers add up to, and goes on following them.</summary>
    [JsonIgnore]
    public bool FollowsMarks { get; set; }

    /// <summary>What marks make of other attempts of the same learner.</summary>
    [JsonIgnore]
    public IReadOnlyList<AttemptScore>? AlsoScored { get; set; }

    /// <summary>An attempt whose score is taken away while those of others stay.</summary>
    [JsonIgnore]
    public SubmissionId? Forgets { get; set; }

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
        { Decided: null } when assignment.SeveralMarkers && (HasScore || RubricData is not null || Restore is not null) =>
            Assignment.MarkedBySeveral with { Field = "score" },
        { RubricData: not null, HasRubric: true } => new Refusal(
            "rubric_attached", "This assignment is assessed by a rubric. Save its criteria instead, one by one or together.",
            "rubric_data"),
        { HasLabel: true, Label: not null } when Labels?.Status(Label) is null =>
            new Refusal("unknown_label", "This course has no such status of its own.", "label"),
        { Restore: not null } when HasScore || HasLabel || Status is not null || RubricData is not null || SubmissionId is not null =>
            new Refusal("restore_alone", "What is restored brings its own score, status and rubric; say none beside it.", "restore"),
        { Restore: not 0 and not null, Earlier: null } =>
            new Refusal("unknown_version", "This grade never had that version.", "restore"),
        _ => assignment.RefusesScore(Score),
    };

    /// <summary>Whether the grade itself is to change; a comment alone changes none.</summary>
    [JsonIgnore]
    public bool SaysGrade => HasScore || HasLabel || Status is not null || RubricData is not null || Restore is not null;

    /// <summary>The grade as it stands after this change.</summary>
    public Grade ApplyTo(Grade current, Assignment assignment, SubmissionId? latest, UserId? grader, GradeSource source, DateTimeOffset now)
    {
        var said = Restore is null ? Said(current, latest) : Restored(current);
        return said with
        {
            PostedAt = current.PostedAt ?? (said.SaysSomething && !assignment.PostsManually ? now : null),
            GraderId = grader, Source = IsGivenBack ? GradeSource.Policy : source, GradedAt = now,
            Version = current.Version + 1, SaidVersion = current.Version + 1,
        };
    }

    // What no person had said anything of is left to the course's rules again.
    private bool IsGivenBack => Restore is not null && Earlier is null or { Source: GradeSource.Policy };

    /// <summary>Whether the grade already stands as this change wants it: the answer to the first request was lost, say.</summary>
    public bool IsAlreadyIn(Grade current, UserId? grader)
    {
        if (current.Version != Version + 1 || current.GraderId != grader) return false;
        if (Restore is not null) return LeavesRubric && Restored(current) == current;
        return (HasScore || HasLabel || Status is not null) && (!HasScore || current.EnteredScore == Score)
            && (!HasLabel || current.Label == Label)
            && (Status is null || Status == current.Status) && RubricData is null;
    }

    /// <summary>What the ledger is to say of it.</summary>
    public NewEntry ToEntry(Grade grade) => Decided is { } decided
        ? new(grade, Kind, decided.Text, KeepsRubric: false, Reason)
        : Restore is not null
        ? new(grade, Kind, Text(Earlier), LeavesRubric, Reason)
        : RubricData is { ValueKind: not JsonValueKind.Null } rubric
            ? new(grade, Kind, rubric.GetRawText(), KeepsRubric: false, Reason)
            : new(grade, Kind, Reason: Reason);

    private static string? Text(GradeEntry? entry) =>
        entry?.RubricData is { ValueKind: not JsonValueKind.Null } rubric ? rubric.GetRawText() : null;

    private Grade Said(Grade current, SubmissionId? latest)
    {
        // Typing a score says that the work is there and counts, and clearing what missing work earned takes that away; a status set in the
        // same breath says otherwise.
        var settles = Score is not null
            ? current.Status is WorkStatus.Excused or WorkStatus.Missing
            : HasScore && current is { Status: WorkStatus.Missing, EnteredScore: null };
        var status = Status ?? OfLabel(current) ?? (settles ? WorkStatus.Computed : current.Status);
        return current with
        {
            EnteredScore = HasScore ? Score : current.EnteredScore, ScoreIsAutomatic = !HasScore && current.ScoreIsAutomatic,
            Status = status, SecondsLate = status is WorkStatus.Late ? SecondsLate ?? current.SecondsLate : null,
            PendingReview = !HasScore && current.PendingReview,
            SubmissionId = HasScore ? SubmissionId ?? latest : current.SubmissionId,
            // An excuse that is over takes the status away that was one.
            Label = HasLabel ? Label : current.Status is WorkStatus.Excused && status is not WorkStatus.Excused ? null : current.Label,
            AttemptScores = HasScore
                ? AttemptScores.After(current.Forget(Forgets), SubmissionId ?? latest, Score, AlsoScored)
                : current.AttemptScores,
        };
    }

    private WorkStatus? OfLabel(Grade current) => !HasLabel ? null
        : Labels?.Status(Label)?.Excuses is true ? WorkStatus.Excused
        : current.Label is not null && Labels?.Status(current.Label)?.Excuses is true && current.Status is WorkStatus.Excused
            ? WorkStatus.Computed
        : null;

    // Whether the learner may see it is another matter, and stays as it is.
    private Grade Restored(Grade current) => current with
    {
        EnteredScore = Earlier?.EnteredScore, ScoreIsAutomatic = Earlier?.ScoreIsAutomatic ?? false,
        Status = Earlier?.Status ?? WorkStatus.Computed, SecondsLate = Earlier?.SecondsLate,
        PendingReview = Earlier?.PendingReview ?? false, SubmissionId = Earlier?.SubmissionId,
        AttemptScores = Earlier?.AttemptScores, Label = Earlier?.Label,
    };

    [JsonIgnore]
    public EntryKind Kind => this switch
    {
        { Restore: not null } => EntryKind.Undo,
        { FollowsMarks: true } => EntryKind.Marks,
        { HasScore: true } => EntryKind.Score,
        { Status: not null } or { HasLabel: true } => EntryKind.Status,
        _ => EntryKind.Rubric,
    };
}

/// <summary>The assessment of whose mark was chosen; none where the mark is nobody's own.</summary>
internal sealed record DecidedRubric(Assessment? Assessment)
{
    public string? Text => Assessment is null ? null : JsonSerializer.Serialize(Assessment, LecternJson.Options);
}
