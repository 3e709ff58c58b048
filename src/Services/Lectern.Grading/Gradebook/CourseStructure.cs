using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.AssignmentGroups;
using Lectern.Grading.Assignments;
using Lectern.Grading.Calculation;
using Lectern.Grading.Outcomes;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>The one row of a course that its graders share.</summary>
internal sealed record GradebookHead(
    CourseId CourseId, long Version, int StructureVersion, int CalculatorVersion, int PolicyVersion, bool Refolding, GradingRules Policy);

/// <summary>Everything the rows of a course are folded from that is the same for all its learners.</summary>
internal sealed class CourseStructure
{
    private readonly ILookup<AssignmentId, AssignmentDate> dates;
    private readonly Dictionary<AssignmentId, GradedAssignment> graded;

    private CourseStructure(
        GradebookHead head, List<AssignmentGroup> groups, List<Assignment> assignments, List<AssignmentDate> dates,
        List<MeasuredOutcome> outcomes)
    {
        (Head, Groups, Assignments, Outcomes) = (head, groups, assignments, outcomes);
        this.dates = dates.ToLookup(date => date.AssignmentId);
        graded = assignments.ToDictionary(assignment => assignment.AssignmentId, assignment => assignment.ToGraded());
        HidesNames = assignments.Exists(assignment => assignment.Anonymous);
        Policy = head.Policy.ToPolicy([.. groups.Select(group => group.ToGradeGroup())]);
        Slots = assignments.Count == 0 ? 0 : assignments.Max(assignment => assignment.Slot) + 1;
        GroupSlots = groups.Count == 0 ? 0 : groups.Max(group => group.Slot) + 1;
    }

    public GradebookHead Head { get; private set; }

    /// <summary>In the order people see them.</summary>
    public IReadOnlyList<AssignmentGroup> Groups { get; }

    /// <summary>Drafts too, in the order people see them.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>What the course works towards, with what shows it.</summary>
    public IReadOnlyList<MeasuredOutcome> Outcomes { get; }

    /// <summary>Whether a criterion shows any of them.</summary>
    public bool MeasuresByRubrics => Outcomes.Any(outcome => outcome.Alignments?.Any(one => one.RubricId is not null) is true);

    public GradingPolicy Policy { get; }

    /// <summary>A node of the release before does not know what a newer one has carried the course to: another one will answer.</summary>
    public GradeCalculator Calculator => GradeCalculator.Versions.Contains(Head.CalculatorVersion)
        ? GradeCalculator.For(Head.CalculatorVersion)
        : throw new NewerReleaseException($"Version {Head.CalculatorVersion} of the grade calculator is not known here.");

    /// <summary>How long rows are: one more than the highest slot in use.</summary>
    public int Slots { get; }

    public int GroupSlots { get; }

    /// <summary>Whether graders are not to see whose some of the work is.</summary>
    public bool HidesNames { get; }

    /// <summary>Whether two lines differ in nothing but work that is graded without names.</summary>
    public bool SaysNothingNew(GradebookRow now, GradebookRow before) =>
        HidesNames && now.SaysTheSame(before, [.. Assignments.Where(one => one.Anonymous).Select(one => one.Slot)]);

    /// <summary>The assignments that may show an outcome; a criterion counts wherever its rubric is used.</summary>
    public IEnumerable<Assignment> Measured()
    {
        var direct = Outcomes.SelectMany(outcome => outcome.Alignments ?? []).Select(one => one.AssignmentId).ToHashSet();
        return MeasuresByRubrics ? Assignments : Assignments.Where(assignment => direct.Contains(assignment.AssignmentId));
    }

    public Assignment? Find(AssignmentId id) => Assignments.FirstOrDefault(assignment => assignment.AssignmentId == id);

    public GradedAssignment Graded(Assignment assignment) => graded[assignment.AssignmentId];

    public IReadOnlyCollection<AssignmentDate> DatesOf(AssignmentId id) => dates.Contains(id) ? [.. dates[id]] : [];

    public WorkDates DatesFor(Assignment assignment, UserId user, IReadOnlyCollection<SectionId> sections) =>
        WorkDates.For(assignment, DatesOf(assignment.AssignmentId), user, sections);

    /// <summary>How much later than due a learner may hand in, by late passes: what they are worth by the rules now.</summary>
    public TimeSpan PassTime(LearnerWork learner, Assignment assignment) => learner.Allowance is { } allowance
        ? Head.Policy.LatePasses?.For(allowance.UsedOn(assignment.AssignmentId)) ?? TimeSpan.Zero
        : TimeSpan.Zero;

    /// <summary>From here on by a calculator that heeds what learners are allowed beside the late policy.</summary>
    public void CarryToAllowances() =>
        Head = Head with { CalculatorVersion = Math.Max(Head.CalculatorVersion, GradeCalculator.KnowsAllowances) };

    /// <summary>A course in which nothing has been set yet.</summary>
    public static CourseStructure Empty(CourseId course) =>
        new(new GradebookHead(course, 0, 0, GradeCalculator.ForNewCourses, 1, false, GradingRules.Default), [], [], [], []);

    /// <summary>
    /// Adds its read to a batch: one row, the lists made by the database. The structure can be built when the batch has run.
    /// </summary>
    /// <param name="asOf">By the rules of that instant, and with the assignments that were there; today's when left out.</param>
    public static Pending Read(
        TenantBatch batch, TenantId tenant, CourseId course, DateTimeOffset? asOf = null) => new(batch.Query<Stored>($"""
        SELECT b.course_id, b.version, b.structure_version, b.calculator_version, p.policy_version, b.refolding, p.policy,
            COALESCE((SELECT json_agg(l ORDER BY l.position, l.assignment_group_id) FROM (
                SELECT {Sql.Raw(AssignmentGroup.Columns)} FROM assignment_groups g
                WHERE g.tenant_id = {tenant} AND g.course_id = {course} AND g.status = 'active') l), '[]')::text AS groups,
            COALESCE((SELECT json_agg(l ORDER BY l.position, l.assignment_id) FROM (
                SELECT {Sql.Raw(Assignment.Columns)} FROM assignments a
                WHERE a.tenant_id = {tenant} AND a.course_id = {course} AND a.status <> 'deleted'
                    {ThereAt(tenant, asOf)}) l), '[]')::text AS assignments,
            COALESCE((SELECT json_agg(l) FROM (
                SELECT d.assignment_id, d.audience, d.audience_id, d.due_at, d.unlocks_at, d.locks_at FROM assignment_dates d
                WHERE d.tenant_id = {tenant} AND d.course_id = {course}) l), '[]')::text AS dates,
            {MeasuredOutcome.ListOf(tenant, course, asOf)} AS outcomes
        FROM gradebooks b
        JOIN grading_policies p ON p.tenant_id = b.tenant_id AND p.course_id = b.course_id
            AND p.policy_version = {InForce(tenant, course, asOf)}
        WHERE b.tenant_id = {tenant} AND b.course_id = {course}
        """));

    /// <summary>Leaves out assignments that nobody had seen or graded by an instant.</summary>
    public static Sql ThereAt(TenantId tenant, DateTimeOffset? asOf) => Sql.When(asOf is not null, $"""
        AND (a.published_at <= {asOf} OR EXISTS (
            SELECT 1 FROM grade_entries e
            WHERE e.tenant_id = {tenant} AND e.assignment_id = a.assignment_id AND e.at <= {asOf}))
        """);

    private static Sql InForce(TenantId tenant, CourseId course, DateTimeOffset? asOf) => asOf is null
        ? Sql.Raw("b.policy_version")
        : (Sql)$"""
            (SELECT COALESCE(max(v.policy_version) FILTER (WHERE v.at <= {asOf}), min(v.policy_version)) FROM grading_policies v
             WHERE v.tenant_id = {tenant} AND v.course_id = {course})
            """;

    private static List<T> Parse<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, LecternJson.Options)!;

    /// <summary>A structure on its way.</summary>
    internal sealed record Pending(List<Stored> Rows)
    {
        /// <summary>The structure; null when the course has no gradebook yet.</summary>
        public CourseStructure? Build() => Rows.Count == 0
            ? null
            : new CourseStructure(
                Rows[0].Head, Parse<AssignmentGroup>(Rows[0].Groups), Parse<Assignment>(Rows[0].Assignments),
                Parse<AssignmentDate>(Rows[0].Dates), Parse<MeasuredOutcome>(Rows[0].Outcomes));
    }

    /// <summary>The structure as the database gives it.</summary>
    internal sealed record Stored(
        CourseId CourseId, long Version, int StructureVersion, int CalculatorVersion, int PolicyVersion, bool Refolding,
        GradingRules Policy, string Groups,
        string Assignments, string Dates, string Outcomes)
    {
        public GradebookHead Head => new(CourseId, Version, StructureVersion, CalculatorVersion, PolicyVersion, Refolding, Policy);
    }
}
