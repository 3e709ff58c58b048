using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Overrides;

namespace Lectern.Grading.GradePoints;

/// <summary>One course of a learner as it is stored: totals and letters are those the learner sees.</summary>
/// <param name="Withheld">A grade in it has been given and is not posted.</param>
internal sealed record CourseResult(
    CourseId CourseId, string Code, string Title, string Status, TermId? TermId, string? TermName, decimal? Credits, long? Current,
    long? Final, string? CurrentLetterText, string? FinalLetterText, StandingOverrides? Overrides, GradingRules? Policy, bool Withheld)
{
    /// <summary>A letter somebody guessed for a course in progress.</summary>
    public string? Guess { get; init; }

    public bool IsFinal => Status is "concluded" && !Withheld;

    public string? CurrentLetter => string.IsNullOrEmpty(CurrentLetterText) ? null : CurrentLetterText;

    public decimal? Percent => Scaled.ToDecimal((IsFinal ? Final : Current) ?? Scaled.None);

    public IReadOnlyList<LetterWorth> Letters => Policy?.LetterScheme is { } scheme && scheme.HasGradePoints()
        ? [.. scheme.Bands.OrderByDescending(band => band.LowerPercent)
            .Select(band => new LetterWorth(band.Letter, band.GradePoints!.Value))]
        : [];

    public CompletedCourse ToCompleted()
    {
        var course = new CompletedCourse(
            CourseId, Code, Credits, IsFinal, string.IsNullOrEmpty(FinalLetterText) ? null : FinalLetterText, Letters,
            Overrides?.Final?.StatusCode);
        return Guess is { } letter ? course.With(letter) : course;
    }
}
