using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>The one row of a course that its graders share.</summary>
internal sealed record GradebookHead(
    CourseId CourseId, long Version, int StructureVersion, int CalculatorVersion, int PolicyVersion, bool Refolding, GradingRules Policy)
{
    public const string Columns = "b.course_id, b.version, b.structure_version, b.calculator_version, b.policy_version, b.refolding, p.policy";
}

/// <summary>Everything the rows of a course are folded from that is the same for all its learners.</summary>
internal sealed class CourseStructure
{
    private readonly ILookup<AssignmentId, AssignmentDate> dates;
    private readonly Dictionary<AssignmentId, GradedAssignment> graded;

    private CourseStructure(GradebookHead head, List<AssignmentGroup> groups, List<Assignment> assignments, List<AssignmentDate> dates)
    {
        (Head, Groups, Assignments) = (head, groups, assignments);
        this.dates = dates.ToLookup(date => date.AssignmentId);
        graded = assignments.ToDictionary(assignment => assignment.AssignmentId, assignment => assignment.ToGraded());
        Policy = head.Policy.ToPolicy([.. groups.Select(group => group.ToGradeGroup())]);
        Slots = assignments.Count == 0 ? 0 : assignments.Max(assignment => assignment.Slot) + 1;
        GroupSlots = groups.Count == 0 ? 0 : groups.Max(group => group.Slot) + 1;
    }

    public GradebookHead Head { get; }

    /// <summary>In the order people see them.</summary>
    public IReadOnlyList<AssignmentGroup> Groups { get; }

    /// <summary>Drafts too, in the order people see them.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    public GradingPolicy Policy { get; }

    public GradeCalculator Calculator => GradeCalculator.For(Head.CalculatorVersion);

    /// <summary>How long rows are: one more than the highest slot in use.</summary>
    public int Slots { get; }

    public int GroupSlots { get; }

    public Assignment? Find(AssignmentId id) => Assignments.FirstOrDefault(assignment => assignment.AssignmentId == id);

    public GradedAssignment Graded(Assignment assignment) => graded[assignment.AssignmentId];

    public IReadOnlyCollection<AssignmentDate> DatesOf(AssignmentId id) => dates.Contains(id) ? [.. dates[id]] : [];

    public WorkDates DatesFor(Assignment assignment, UserId user, IReadOnlyCollection<SectionId> sections) =>
        WorkDates.For(assignment, DatesOf(assignment.AssignmentId), user, sections);

    /// <summary>Adds its reads to a batch; the structure can be built when the batch has run.</summary>
    public static Pending Read(TenantBatch batch, TenantId tenant, CourseId course) => new(
        batch.Query<GradebookHead>($"""
            SELECT {Sql.Raw(GradebookHead.Columns)} FROM gradebooks b
            JOIN grading_policies p ON p.tenant_id = b.tenant_id AND p.course_id = b.course_id AND p.policy_version = b.policy_version
            WHERE b.tenant_id = {tenant} AND b.course_id = {course}
            """),
        batch.Query<AssignmentGroup>($"""
            SELECT {Sql.Raw(AssignmentGroup.Columns)} FROM assignment_groups g
            WHERE g.tenant_id = {tenant} AND g.course_id = {course} AND g.status = 'active' ORDER BY g.position, g.assignment_group_id
            """),
        batch.Query<Assignment>($"""
            SELECT {Sql.Raw(Assignment.Columns)} FROM assignments a
            WHERE a.tenant_id = {tenant} AND a.course_id = {course} AND a.status <> 'deleted' ORDER BY a.position, a.assignment_id
            """),
        batch.Query<AssignmentDate>($"""
            SELECT d.assignment_id, d.audience, d.audience_id, d.due_at, d.unlocks_at, d.locks_at FROM assignment_dates d
            WHERE d.tenant_id = {tenant} AND d.course_id = {course}
            """));

    /// <summary>A structure on its way.</summary>
    internal sealed record Pending(
        List<GradebookHead> Head, List<AssignmentGroup> Groups, List<Assignment> Assignments, List<AssignmentDate> Dates)
    {
        /// <summary>The structure; null when the course has no gradebook yet.</summary>
        public CourseStructure? Build() => Head.Count == 0 ? null : new CourseStructure(Head[0], Groups, Assignments, Dates);
    }
}
