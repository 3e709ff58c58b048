using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MarkingPlans;

/// <summary>How assignments are marked by several, and who may be among them.</summary>
internal sealed class MarkingPlanStore(TenantDb db)
{
    /// <param name="held">Until the unit of work ends the plan stays. It is held before the course's counter, or not at all.</param>
    public Task<MarkingPlan?> Find(AssignmentId assignment, CancellationToken ct, bool held = false) => db.Find<MarkingPlan>($"""
        SELECT markers, rule, tolerance, tolerance_unit, shows_comments, version FROM marking_plans
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} {Sql.When(held, $"FOR SHARE")}
        """, ct);

    /// <summary>Takes the plan for oneself until the unit of work ends; before the course's counter, as deciders do.</summary>
    public Task Hold(AssignmentId assignment, CancellationToken ct) => db.Query<int>($"""
        SELECT version FROM marking_plans WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} FOR UPDATE
        """, ct);

    public Task<bool> IsDecided(AssignmentId assignment, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM mark_decisions WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment})
        """, ct);

    public Task<int> Given(AssignmentId assignment, CancellationToken ct) => db.Value<int>($"""
        SELECT count(*)::int FROM provisional_marks
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND marked_at IS NOT NULL
        """, ct);

    /// <summary>One person grades again; who was to mark, and what was marked, is gone.</summary>
    public async Task Delete(AssignmentId assignment, CancellationToken ct)
    {
        await db.Execute($"DELETE FROM provisional_marks WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment}", ct);
        await db.Execute($"DELETE FROM marking_plans WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment}", ct);
        await db.Execute($"""
            UPDATE assignments SET several_markers = false, version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment}
            """, ct);
    }

    /// <summary>How far the marking of active learners is, by section and, without one, of all; a learner may be in two sections.</summary>
    public Task<List<MarkingStanding>> Standing(
        CourseId course, AssignmentId assignment, MarkingPlan plan, decimal tolerance, CancellationToken ct) =>
        db.Query<MarkingStanding>($"""
        WITH works AS (
            SELECT k.user_id, count(*) >= {plan.Markers} AS given_out,
                count(*) >= {plan.Markers} AND count(*) = count(k.marked_at) AS marked,
                {plan.Rule is AgreementRule.Moderator} OR max(k.score) - min(k.score) > {tolerance} AS disputed,
                EXISTS (SELECT 1 FROM mark_decisions d WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment}
                    AND d.user_id = k.user_id) AS decided
            FROM provisional_marks k WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} GROUP BY k.user_id)
        SELECT m.section_id, count(DISTINCT m.user_id)::int AS learners,
            (count(DISTINCT m.user_id) FILTER (WHERE w.given_out IS NOT TRUE AND w.decided IS NOT TRUE))::int AS unallocated,
            (count(DISTINCT m.user_id) FILTER (WHERE w.given_out AND NOT w.marked AND NOT w.decided))::int AS waiting,
            (count(DISTINCT m.user_id) FILTER (WHERE w.marked AND NOT w.disputed AND NOT w.decided))::int AS agreed,
            (count(DISTINCT m.user_id) FILTER (WHERE w.marked AND w.disputed AND NOT w.decided))::int AS disputed,
            (count(DISTINCT m.user_id) FILTER (WHERE w.decided))::int AS decided
        FROM course_members m LEFT JOIN works w ON w.user_id = m.user_id
        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
        GROUP BY GROUPING SETS ((), (m.section_id)) ORDER BY m.section_id NULLS FIRST
        """, ct);

    /// <summary>Puts a plan in the place of the version that was seen, 0 for none; grades then wait to be posted by hand.</summary>
    public async Task<bool> Save(AssignmentId assignment, MarkingPlan plan, CancellationToken ct)
    {
        var saved = await db.Execute(plan.Version == 0
            ? (Sql)$"""
                INSERT INTO marking_plans (tenant_id, assignment_id, markers, rule, tolerance, tolerance_unit, shows_comments)
                VALUES ({db.Tenant}, {assignment}, {plan.Markers}, {plan.Rule}, {plan.Tolerance}, {plan.ToleranceUnit},
                    {plan.ShowsComments}) ON CONFLICT DO NOTHING
                """
            : $"""
                UPDATE marking_plans SET markers = {plan.Markers}, rule = {plan.Rule}, tolerance = {plan.Tolerance},
                    tolerance_unit = {plan.ToleranceUnit}, shows_comments = {plan.ShowsComments}, version = version + 1
                WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {plan.Version}
                """, ct);
        if (saved == 0) return false;
        await db.Execute($"""
            UPDATE assignments SET several_markers = true, posts_manually = true, version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND NOT several_markers
            """, ct);
        return true;
    }

    public Task<bool> IsGraded(AssignmentId assignment, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM grade_entries e WHERE e.tenant_id = {db.Tenant} AND e.assignment_id = {assignment})
        """, ct);

    /// <summary>Who teaches the course, with how much of this assignment they have and have marked.</summary>
    public Task<List<MarkerShare>> Staff(CourseId course, AssignmentId assignment, CancellationToken ct) => db.Query<MarkerShare>($"""
        SELECT m.user_id, p.name, COALESCE(s.work, 0) AS work, COALESCE(s.marked, 0) AS marked
        FROM (SELECT DISTINCT c.user_id FROM course_members c WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course}
            AND c.role IN ('instructor', 'teaching_assistant') AND c.state = 'active') m
        JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
        LEFT JOIN (SELECT k.marker_id, count(*)::int AS work, count(k.marked_at)::int AS marked FROM provisional_marks k
            WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment} GROUP BY k.marker_id) s ON s.marker_id = m.user_id
        ORDER BY p.sortable_name, m.user_id
        """, ct);

    /// <summary>Active learners of the course with the markers they have.</summary>
    public Task<List<MarkedLearner>> Learners(CourseId course, AssignmentId assignment, CancellationToken ct) =>
        db.Query<MarkedLearner>($"""
        SELECT m.user_id, array_agg(DISTINCT m.section_id) AS section_ids,
            ARRAY(SELECT k.marker_id FROM provisional_marks k WHERE k.tenant_id = {db.Tenant} AND k.assignment_id = {assignment}
                AND k.user_id = m.user_id) AS markers
        FROM course_members m
        WHERE m.tenant_id = {db.Tenant} AND m.course_id = {course} AND m.role = 'learner' AND m.state = 'active'
        GROUP BY m.user_id ORDER BY m.user_id
        """, ct);

    /// <summary>Takes work back that was given to somebody and is not marked yet.</summary>
    public Task TakeBack(AssignmentId assignment, UserId[] learners, CancellationToken ct) => db.Execute($"""
        DELETE FROM provisional_marks WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND user_id = ANY ({learners})
            AND marked_at IS NULL
        """, ct);

    public Task Give(AssignmentId assignment, IReadOnlyCollection<(UserId Learner, UserId Marker)> seats, CancellationToken ct) =>
        db.Execute($"""
        INSERT INTO provisional_marks (tenant_id, assignment_id, user_id, marker_id)
        SELECT {db.Tenant}, {assignment}, t.user_id, t.marker_id
        FROM unnest({seats.Select(seat => seat.Learner).ToArray()}, {seats.Select(seat => seat.Marker).ToArray()}) AS t(user_id, marker_id)
        ON CONFLICT DO NOTHING
        """, ct);
}

/// <summary>Somebody who may mark, how much was given to them, and how much of it they have marked.</summary>
internal sealed record MarkerShare(UserId UserId, string Name, int Work, int Marked);

/// <summary>Where the learners of a section, or all of them, stand.</summary>
/// <param name="SectionId">Null: all learners.</param>
/// <param name="Unallocated">They have fewer markers than the plan says.</param>
/// <param name="Waiting">Marks of theirs are missing.</param>
/// <param name="Agreed">All marks are there, and the rule gives one.</param>
/// <param name="Disputed">All marks are there, and a moderator has to decide.</param>
internal sealed record MarkingStanding(
    SectionId? SectionId, int Learners, int Unallocated, int Waiting, int Agreed, int Disputed, int Decided);

internal sealed record MarkedLearner(UserId UserId, SectionId[] SectionIds, UserId[] Markers);
