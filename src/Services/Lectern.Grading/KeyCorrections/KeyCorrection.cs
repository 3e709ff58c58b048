using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Anonymity;
using Lectern.Grading.Answers;
using Lectern.Grading.Grades;
using Lectern.Grading.QuestionMarks;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.KeyCorrections;

/// <summary>Answers judged anew by a version of the questions.</summary>
/// <param name="MarkCount">Answers that have another mark.</param>
/// <param name="ScoreCount">Learners who have another score.</param>
/// <param name="KeptCount">Learners whom undoing left alone, because somebody changed something since.</param>
internal sealed record KeyCorrection(
    KeyCorrectionId KeyCorrectionId, CourseId CourseId, AssignmentId AssignmentId, int ToVersion, CorrectionStatus Status, int MarkCount,
    int ScoreCount, int KeptCount, UserId? ActorId, string? ActorName, DateTimeOffset At)
{
    /// <summary>The first of those whom undoing left alone.</summary>
    public IReadOnlyList<KeptLearner> Kept { get; init; } = [];
}

internal enum CorrectionStatus { Applying, Applied, Undoing, Undone }

internal sealed record KeptLearner(UserId UserId, string? Name)
{
    public KeptLearner Under(Pseudonyms? pseudonyms) =>
        pseudonyms is { Hidden: true } ? new(pseudonyms.Of(UserId), pseudonyms.NameOf(UserId)) : this;
}

/// <summary>Take the next learners of a correction, forth or back as it stands, after the named one.</summary>
internal sealed record CorrectMarks(KeyCorrectionId KeyCorrectionId, UserId? After = null) : IJob
{
    public static JobOptions Options(TenantId tenant, AssignmentId assignment) =>
        new() { Priority = JobPriority.Now, OrderKey = $"key-correction/{tenant}/{assignment.Value}" };
}

/// <summary>What a correction makes of one learner.</summary>
/// <param name="MarkCount">Answers that get another mark.</param>
/// <param name="Posted">The learner sees the score, and is told when it changes.</param>
/// <param name="Left">Why something stays that the key would change.</param>
internal sealed record CorrectionLine(
    UserId UserId, string? Name, int MarkCount, decimal? ScoreBefore, decimal? ScoreAfter, bool Posted, LeftBecause? Left)
{
    [JsonIgnore]
    public bool ChangesScore => ScoreBefore != ScoreAfter;

    /// <summary>Whoever asks has yet to assess the work in a calibration, and is not told what it was graded.</summary>
    [JsonIgnore]
    public bool Withheld { get; init; }

    public CorrectionLine Under(Pseudonyms? pseudonyms)
    {
        var shown = Withheld ? this with { ScoreBefore = null, ScoreAfter = null } : this;
        return pseudonyms is { Hidden: true }
            ? shown with { UserId = pseudonyms.Of(UserId), Name = pseudonyms.NameOf(UserId) }
            : shown;
    }
}

/// <summary>Why something of a learner stays as it is.</summary>
internal enum LeftBecause
{
    /// <summary>A person gave the mark of an answer.</summary>
    MarkedByPerson,

    /// <summary>Somebody typed the score, or brought it by file.</summary>
    ScoreByPerson,
    Excused,
    PeriodClosed,

    /// <summary>Several people mark this assignment, and a moderator decides.</summary>
    SeveralMarkers,
}

/// <summary>A mark that is to become another.</summary>
internal sealed record CorrectedMark(QuestionMark Was, UserId UserId, decimal Points, decimal Score, ProgramVerdict Verdict)
{
    public AnswerOutcome Outcome => Verdict.Verdict.Outcome;
}

/// <summary>An entry of the ledger that a correction made, or none.</summary>
internal sealed record CorrectedLearner(UserId UserId, int? GradeVersion);
