using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;

namespace Lectern.Grading.Outcomes;

/// <summary>The outcomes courses work towards, and what shows them there.</summary>
internal sealed class CourseOutcomeStore(TenantDb db, GradebookStore gradebooks)
{
    /// <summary>By code, each in the version the course follows, with words for what shows it.</summary>
    public Task<List<CourseOutcome>> List(CourseId course, CancellationToken ct) => db.Query<CourseOutcome>(Read(course, null), ct);

    /// <summary>The same in the versions it followed at an instant; what shows them is today's.</summary>
    public Task<List<CourseOutcome>> List(CourseId course, DateTimeOffset? asOf, CancellationToken ct) =>
        db.Query<CourseOutcome>(Read(course, null, asOf), ct);

    public Task<CourseOutcome?> Find(CourseId course, CourseOutcomeId id, CancellationToken ct) =>
        db.Find<CourseOutcome>(Read(course, id), ct);

    /// <summary>
    /// Takes outcomes in that are not here yet, or not any more. The caller holds the course's structure, so places follow each other.
    /// </summary>
    public Task<List<CourseOutcomeId>> Take(CourseId course, IReadOnlyCollection<OutcomeId> outcomes, CancellationToken ct) =>
        db.Query<CourseOutcomeId>($"""
            INSERT INTO course_outcomes (tenant_id, course_id, outcome_id, slot, outcome_version)
            SELECT {db.Tenant}, {course}, o.outcome_id, (row_number() OVER (ORDER BY o.code, o.outcome_id))::int - 1
                + COALESCE((SELECT max(c.slot) + 1 FROM course_outcomes c WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course}), 0),
                o.version
            FROM outcomes o WHERE o.tenant_id = {db.Tenant} AND o.outcome_id = ANY ({outcomes.ToArray()})
            ON CONFLICT (tenant_id, course_id, outcome_id) DO UPDATE SET status = 'active', outcome_version = excluded.outcome_version,
                version = course_outcomes.version + 1
            WHERE course_outcomes.status = 'removed'
            RETURNING course_outcome_id
            """, ct);

    /// <summary>Leaves an outcome out. What it was aligned to is kept for the day it is taken in again.</summary>
    public async Task<bool> Remove(CourseOutcomeId id, CancellationToken ct) => await db.Execute($"""
        UPDATE course_outcomes SET status = 'removed', version = version + 1
        WHERE tenant_id = {db.Tenant} AND course_outcome_id = {id} AND status = 'active'
        """, ct) == 1;

    /// <summary>Says anew what shows an outcome, if that still is what was seen.</summary>
    public async Task<bool> Align(
        CourseId course, CourseOutcomeId id, IReadOnlyList<AlignmentFields> alignments, int seen, CancellationToken ct)
    {
        if (await db.Execute($"""
            UPDATE course_outcomes SET version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_outcome_id = {id} AND version = {seen} AND status = 'active'
            """, ct) == 0) return false;
        await db.Execute($"""
            DELETE FROM outcome_alignments
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND course_outcome_id = {id}
            """, ct);
        await db.Execute($"""
            INSERT INTO outcome_alignments (tenant_id, course_id, course_outcome_id, position, rubric_id, criterion_id, assignment_id)
            SELECT {db.Tenant}, {course}, {id}, t.position, t.rubric_id, t.criterion_id, t.assignment_id
            FROM unnest({Enumerable.Range(0, alignments.Count).ToArray()}, {alignments.Select(one => one.RubricId?.Value).ToArray()},
                {alignments.Select(one => one.CriterionId).ToArray()}, {alignments.Select(one => one.AssignmentId?.Value).ToArray()})
                AS t(position, rubric_id, criterion_id, assignment_id)
            """, ct);
        return true;
    }

    /// <summary>Everything a course could align an outcome to.</summary>
    public async Task<AlignmentChoices> Choices(CourseId course, CancellationToken ct)
    {
        var batch = db.Batch();
        var criteria = batch.Query<CriterionChoice>($"""
            SELECT r.rubric_id, r.title AS rubric, e ->> 'criterion_id' AS criterion_id, e ->> 'description' AS criterion
            FROM rubrics r
            JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = r.rubric_id AND v.version = r.version,
            jsonb_array_elements(v.criteria) WITH ORDINALITY AS l(e, place)
            WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.status = 'active' ORDER BY r.title, r.rubric_id, l.place
            """);
        var assignments = batch.Query<AssignmentChoice>($"""
            SELECT a.assignment_id, a.title FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.status <> 'deleted' AND a.points_possible > 0
                AND a.grading_type <> 'not_graded'
            ORDER BY a.position, a.assignment_id
            """);
        await batch.Run(ct);
        return new(criteria, assignments);
    }

    /// <summary>The next course that takes this outcome in, follows another version of it and is not concluded.</summary>
    public Task<CourseId?> NextBehind(OutcomeId outcome, int version, CourseId? after, CancellationToken ct) => db.Value<CourseId?>($"""
        SELECT c.course_id FROM course_outcomes c
        JOIN course_cards k ON k.tenant_id = c.tenant_id AND k.course_id = c.course_id AND k.status <> 'concluded'
        WHERE c.tenant_id = {db.Tenant} AND c.outcome_id = {outcome} AND c.status = 'active' AND c.outcome_version <> {version}
            AND c.course_id > {after?.Value ?? 0}
        ORDER BY c.course_id LIMIT 1
        """, ct);

    public Task Follow(CourseId course, OutcomeId outcome, int version, CancellationToken ct) => db.Execute($"""
        UPDATE course_outcomes SET outcome_version = {version}
        WHERE tenant_id = {db.Tenant} AND course_id = {course} AND outcome_id = {outcome} AND status = 'active'
        """, ct);

    /// <summary>In how many courses an outcome is measured.</summary>
    public Task<long> Courses(OutcomeId outcome, CancellationToken ct) => db.Value<long>($"""
        SELECT count(*) FROM course_outcomes
        WHERE tenant_id = {db.Tenant} AND outcome_id = {outcome} AND status = 'active'
        """, ct);

    /// <summary>Scores are to be worked out anew by a job that follows. Whoever calls this has held the structure.</summary>
    public void ChangedAtCommit(CourseId course, OutcomeId? outcome) => gradebooks.StructureChangedAtCommit(
        course, new(RecalculationCause.OutcomesChanged, outcome?.Value));

    private Sql Read(CourseId course, CourseOutcomeId? only, DateTimeOffset? asOf = null) => $"""
        SELECT c.course_outcome_id, c.slot, c.version AS link_version, o.version AS newest_version,
            COALESCE((SELECT json_agg(l ORDER BY l.position) FROM (
                SELECT n.position, n.rubric_id, n.criterion_id, n.assignment_id, r.title AS rubric, a.title AS assignment,
                    (SELECT e ->> 'description' FROM rubric_versions w, jsonb_array_elements(w.criteria) e
                     WHERE w.tenant_id = {db.Tenant} AND w.rubric_id = n.rubric_id AND e ->> 'criterion_id' = n.criterion_id
                     ORDER BY w.version DESC LIMIT 1) AS criterion
                FROM outcome_alignments n
                LEFT JOIN rubrics r ON r.tenant_id = n.tenant_id AND r.rubric_id = n.rubric_id
                LEFT JOIN assignments a ON a.tenant_id = n.tenant_id AND a.assignment_id = n.assignment_id
                WHERE n.tenant_id = {db.Tenant} AND n.course_id = {course} AND n.course_outcome_id = c.course_outcome_id) l), '[]')
                ::text AS alignments,
            {Sql.Raw(Outcome.Columns)}
        FROM course_outcomes c
        JOIN outcomes o ON o.tenant_id = c.tenant_id AND o.outcome_id = c.outcome_id
        JOIN outcome_versions v ON v.tenant_id = c.tenant_id AND v.outcome_id = c.outcome_id
            AND v.version = {MeasuredOutcome.InForce(db.Tenant, asOf)}
        WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.status = 'active'
            {Sql.When(only is not null, $"AND c.course_outcome_id = {only?.Value ?? 0}")}
        ORDER BY o.code, o.outcome_id
        """;
}

/// <summary>An outcome a course works towards, in the version it follows.</summary>
/// <param name="LinkVersion">Counts changes of what it is aligned to.</param>
internal sealed record CourseOutcome(
    CourseOutcomeId CourseOutcomeId, int Slot, int LinkVersion, int NewestVersion, AlignmentList Alignments, Outcome Outcome);

[StoredAsJson]
internal sealed class AlignmentList : List<Alignment>;

/// <summary>What shows an outcome, in words.</summary>
internal sealed record Alignment(
    RubricId? RubricId, string? CriterionId, AssignmentId? AssignmentId, string? Rubric, string? Criterion, string? Assignment);

internal sealed record AlignmentChoices(IReadOnlyList<CriterionChoice> Criteria, IReadOnlyList<AssignmentChoice> Assignments);

internal sealed record CriterionChoice(RubricId RubricId, string Rubric, string CriterionId, string Criterion);

internal sealed record AssignmentChoice(AssignmentId AssignmentId, string Title);

/// <summary>A criterion of a rubric, or an assignment: one of the two.</summary>
internal sealed record AlignmentFields(RubricId? RubricId, string? CriterionId, AssignmentId? AssignmentId);
