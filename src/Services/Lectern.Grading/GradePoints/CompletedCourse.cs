using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;

namespace Lectern.Grading.GradePoints;

/// <summary>Which of several attempts at a course counts beside the others: the one of the latest term, the best, or each.</summary>
internal enum RepeatRule { Latest, Best, All }

/// <summary>What a letter is worth.</summary>
internal sealed record LetterWorth(string Letter, decimal GradePoints);

/// <summary>One course of a learner, as far as an average needs to know it.</summary>
/// <param name="Code">By which a course that is taken again is known.</param>
/// <param name="IsFinal">It has been concluded and everything in it is posted to the learner.</param>
/// <param name="Letter">Of the final grade.</param>
/// <param name="Letters">From the best; none where letters are worth nothing.</param>
/// <param name="StatusCode">What somebody said beside the final grade.</param>
internal sealed record CompletedCourse(
    CourseId CourseId, string Code, decimal? Credits, bool IsFinal, string? Letter, IReadOnlyList<LetterWorth> Letters,
    string? StatusCode = null, bool Assumed = false)
{
    /// <summary>With one of these a final grade is no grade yet, or none any more.</summary>
    private static readonly string[] NoGrades = ["incomplete", "withdrawn"];

    public decimal? GradePoints =>
        Letters.FirstOrDefault(one => one.Letter.Equals(Letter, StringComparison.OrdinalIgnoreCase))?.GradePoints;

    /// <summary>Why it is in no average, whatever else was taken; null when it is in one.</summary>
    public DerivationReason? LeftOut => this switch
    {
        { Letters.Count: 0 } => DerivationReason.NoGradePoints,
        { Credits: null or 0 } => DerivationReason.NoCredits,
        { IsFinal: false } => DerivationReason.CourseInProgress,
        { StatusCode: { } status } when NoGrades.Contains(status) => DerivationReason.StatusKeepsOut,
        { GradePoints: null } => DerivationReason.NoGrade,
        _ => null,
    };

    /// <summary>As it would be with this letter for its final grade.</summary>
    public CompletedCourse With(string letter) => this with { Letter = letter, IsFinal = true, StatusCode = null, Assumed = true };
}
