using Lectern.Contracts.Grading;
using Lectern.Grading.RubricAssessments;
using Lectern.Grading.Rubrics;
using Lectern.Grading.Submissions;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.CalibrationWorks;

/// <summary>Work with a reference, and what whoever asks has said of it.</summary>
/// <param name="AuthorId">Who set the reference, and so is not asked.</param>
/// <param name="Answers">How many graders have answered.</param>
internal sealed record CalibrationWork(
    UserId UserId, string Name, SubmissionId SubmissionId, decimal Score, Assessment? Assessment, string Note, UserId AuthorId, int Version,
    int Answers, decimal? MyScore, Assessment? MyAssessment, string? MyComment, DateTimeOffset? AnsweredAt)
{
    /// <summary>The reference is for whoever set it, and for who has answered.</summary>
    public bool ShowsReferenceTo(UserId? person) => AuthorId == person || AnsweredAt is not null;

    public CalibrationSaid? Mine => MyScore is { } score
        ? new(score, AssessmentSheet.Of(MyAssessment), MyComment ?? string.Empty, AnsweredAt)
        : null;

    public CalibrationSaid? ReferenceFor(UserId? person) => ShowsReferenceTo(person)
        ? new(Score, AssessmentSheet.Of(Assessment), Note, null)
        : null;
}

/// <summary>What somebody says of a piece of work.</summary>
internal sealed record CalibrationSaid(decimal Score, AssessmentSheet? Assessment, string Comment, DateTimeOffset? At);

/// <summary>A line of the calibration set.</summary>
/// <param name="IsOpen">Whoever asks is to assess it, and has not.</param>
/// <param name="Reference">Null until one's own answer is given.</param>
internal sealed record CalibrationLine(
    UserId UserId, string Name, bool IsOpen, bool IsAuthor, decimal? MyScore, decimal? Reference, int Answers, int Version);

/// <summary>A piece of work to be assessed, without what anybody else made of it.</summary>
/// <param name="Rubric">By which it is assessed; null where it is not.</param>
/// <param name="Version">Of the reference; 0 where there is none yet.</param>
internal sealed record CalibrationPiece(
    UserId UserId, string Name, decimal PointsPossible, SubmissionView Submission, Rubric? Rubric, bool TotalIsScore,
    CalibrationSaid? Mine, CalibrationSaid? Reference, bool IsAuthor, int Version);
