using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Assignments;
using Lectern.Grading.Gradebook;
using Lectern.Grading.Grades;
using Lectern.Grading.Labels;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookExports;

/// <summary>What a file says once for its course.</summary>
/// <param name="Kind">Which total goes to a student information system.</param>
internal sealed record ExportedCourse(
    CourseStructure Structure, string Code, IReadOnlyList<ExportedSection> Sections, ExportTotal Kind, string? StoreCode,
    DateTimeOffset At, GradeLabels Labels)
{
    public CourseId CourseId => Structure.Head.CourseId;

    /// <summary>What can have a score, in the order people see it; nothing that is graded without names, because a file has them.</summary>
    public IReadOnlyList<Assignment> Assignments { get; } =
        [.. Structure.Assignments.Where(one => one.GradingType is not AssignmentGrading.NotGraded && !one.Anonymous)];

    public decimal? Percent(ExportedLearner learner) => Scaled.ToDecimal(learner.Row.Total(Wanted));

    public string? Letter(ExportedLearner learner) => learner.Row.Letter(Wanted);

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

    private TotalKind Wanted => Kind is ExportTotal.Current ? TotalKind.Current : TotalKind.Final;
}

/// <summary>A section with the names its student information system has for it. Course and term are those it came from.</summary>
internal sealed record ExportedSection(
    SectionId SectionId, string Name, string? SisId, string CourseCode, string CourseTitle, string? CourseSisId, string? TermSisId);

/// <summary>One learner's line.</summary>
internal sealed record ExportedLearner(
    ExportedPerson Person, IReadOnlyList<ExportedSection> Sections, GradebookRow Row, IReadOnlyDictionary<AssignmentId, Grade> Grades)
{
    public Grade GradeOn(Assignment assignment) =>
        Grades.GetValueOrDefault(assignment.AssignmentId) ?? Grade.None(assignment.AssignmentId, Person.UserId);
}

internal sealed record ExportedPerson(UserId UserId, string Name, string? Email, string? SisId, SectionId[] SectionIds);
