using Lectern.Contracts.Courses;
using Lectern.Grading.Calculation;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradePoints;

/// <summary>A learner's grade point averages: of all courses and of each term, the latest first.</summary>
/// <param name="Repeats">Which attempt at a course counts in the average of all; a term counts those taken in it.</param>
internal sealed record LearnerGradePoints(
    UserId UserId, string Name, RepeatRule Repeats, GradePointAverage Cumulative, IReadOnlyList<TermGradePoints> Terms)
{
    /// <param name="courses">From the earliest to the latest.</param>
    public static LearnerGradePoints Of(UserId user, string name, RepeatRule repeats, IReadOnlyList<CourseResult> courses)
    {
        var replaced = GradePointCalculator.Replaced(courses.Select(course => course.ToCompleted()), repeats);
        return new(
            user, name, repeats, GradePointCalculator.Of([.. courses.Select(course => course.ToCompleted())], replaced),
            [.. courses.GroupBy(course => (course.TermId, course.TermName)).Reverse().Select(term => new TermGradePoints(
                term.Key.TermId, term.Key.TermName,
                GradePointCalculator.Of([.. term.Select(course => course.ToCompleted())], new HashSet<CourseId>()),
                [.. term.Select(course => CourseGradePoints.Of(course, replaced.Contains(course.CourseId)))]))]);
    }
}

/// <param name="TermId">Null: courses without a term.</param>
internal sealed record TermGradePoints(
    TermId? TermId, string? Name, GradePointAverage Average, IReadOnlyList<CourseGradePoints> Courses);

/// <summary>One course in an average.</summary>
/// <param name="Percent">The final one as the learner sees it; of a course in progress, the one so far.</param>
/// <param name="Assumed">The letter is a guess.</param>
/// <param name="LeftOut">Why it counts in no average.</param>
/// <param name="Replaced">Another attempt stands for it in the average of all courses.</param>
/// <param name="Letters">What may be guessed while the course is in progress.</param>
internal sealed record CourseGradePoints(
    CourseId CourseId, string Code, string Title, decimal? Credits, bool IsFinal, decimal? Percent, string? Letter, decimal? GradePoints,
    bool Assumed, DerivationReason? LeftOut, bool Replaced, IReadOnlyList<LetterWorth> Letters)
{
    public static CourseGradePoints Of(CourseResult course, bool replaced)
    {
        var completed = course.ToCompleted();
        var letter = completed.IsFinal ? completed.Letter : course.CurrentLetter;
        return new(
            course.CourseId, course.Code, course.Title, course.Credits, course.IsFinal,
            completed.Assumed ? null : course.Percent, letter, (completed with { Letter = letter }).GradePoints, completed.Assumed,
            completed.LeftOut, replaced, course.IsFinal ? [] : course.Letters);
    }
}
