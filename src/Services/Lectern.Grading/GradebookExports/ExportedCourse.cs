using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Labels;
using Lectern.Grading.Sheets;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookExports;

/// <summary>What a file says once for its course.</summary>
/// <param name="Kind">Which total goes to a student information system.</param>
internal sealed record ExportedCourse(
    CourseStructure Structure, string Code, IReadOnlyList<ExportedSection> Sections, ExportTotal Kind, string? StoreCode,
    DateTimeOffset At, GradeLabels Labels)
{
    private readonly Dictionary<AssignmentId, GradeScale> scales = Structure.Assignments.ToDictionary(
        assignment => assignment.AssignmentId, assignment => GradeScale.Of(assignment, Structure.Policy.Scheme));

    public CourseId CourseId => Structure.Head.CourseId;

    /// <summary>What can have a score, in the order people see it; nothing that is graded without names, because a file has them.</summary>
    public IReadOnlyList<Assignment> Assignments { get; } =
        [.. Structure.Assignments.Where(one => one.GradingType is not AssignmentGrading.NotGraded && !one.Anonymous)];

    /// <summary>Letters are worth something in a grade point average.</summary>
    public bool HasGradePoints => Structure.Head.Policy.LetterScheme?.HasGradePoints() is true;

    public GradeScale Scale(Assignment assignment) => scales[assignment.AssignmentId];

    public ExportedTotal Total(ExportedLearner learner, TotalKind kind) =>
        Total(Scaled.ToDecimal(learner.Row.Total(kind)), learner.Row.Letter(kind));

    public ExportedTotal Total(decimal? percent, string? letter) =>
        new(percent, letter, Structure.Head.Policy.LetterScheme?.PointsOf(letter));

    /// <summary>The total that goes to a student information system.</summary>
    public ExportedTotal Total(ExportedLearner learner) =>
        Total(learner, Kind is ExportTotal.Current ? TotalKind.Current : TotalKind.Final);

    /// <summary>What is said beside a grade, in the course's own words: late, missing, and a status of its own.</summary>
    public IReadOnlyList<string> Words(ExportedLearner learner, Assignment assignment)
    {
        var (row, grade) = (learner.Row, learner.GradeOn(assignment));
        var flags = row.Flag(assignment.Slot);
        var missing = GoneMissing.Is(assignment, row.DueAt(assignment.Slot, assignment.DueAt), flags, row.Cell(assignment.Slot), At);
        var words = new[]
        {
            flags.HasFlag(CellFlags.Late) ? Labels.LateWords(assignment.AssignmentId) : null,
            missing ? Labels.MissingWords(assignment.AssignmentId) : null, Labels.Status(grade.Label)?.Words,
        };
        return [.. words.OfType<string>()];
    }
}

/// <summary>A total as a file has it: the percent, and what it is called and worth where the course has letters.</summary>
internal readonly record struct ExportedTotal(decimal? Percent, string? Letter, decimal? GradePoints);

/// <summary>A section with the names its student information system has for it. Course and term are those it came from.</summary>
internal sealed record ExportedSection(
    SectionId SectionId, string Name, string? SisId, string CourseCode, string CourseTitle, string? CourseSisId, string? TermSisId);

/// <summary>One learner's line.</summary>
/// <param name="Periods">Final totals of grading periods, which rows do not hold.</param>
internal sealed record ExportedLearner(
    ExportedPerson Person, IReadOnlyList<ExportedSection> Sections, GradebookRow Row, IReadOnlyDictionary<AssignmentId, Grade> Grades,
    IReadOnlyDictionary<long, ExportedTotal> Periods)
{
    public Grade GradeOn(Assignment assignment) =>
        Grades.GetValueOrDefault(assignment.AssignmentId) ?? Grade.None(assignment.AssignmentId, Person.UserId);
}

internal sealed record ExportedPerson(UserId UserId, string Name, string? Email, string? SisId, SectionId[] SectionIds);
