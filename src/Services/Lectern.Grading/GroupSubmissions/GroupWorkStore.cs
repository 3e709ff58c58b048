using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GroupSubmissions;

/// <summary>Who works together: now by the course's groups, afterwards by what they handed in.</summary>
internal sealed class GroupWorkStore(TenantDb db)
{
    /// <summary>The learner's group on an assignment; null where everybody works alone, and for who is in no group.</summary>
    public Task<WorkGroup?> Of(AssignmentId assignment, UserId learner, CancellationToken ct) => db.Find<WorkGroup>($"""
        SELECT me.group_id, me.group_name AS name, (
            SELECT jsonb_agg(jsonb_build_object('user_id', o.user_id, 'name', p.name) ORDER BY p.sortable_name, o.user_id)
            FROM group_seats o JOIN people p ON p.tenant_id = o.tenant_id AND p.user_id = o.user_id
            WHERE o.tenant_id = {db.Tenant} AND o.group_id = me.group_id) AS members
        FROM assignments a
        JOIN group_seats me ON me.tenant_id = a.tenant_id AND me.course_id = a.course_id AND me.group_set_id = a.group_set_id
        WHERE a.tenant_id = {db.Tenant} AND a.assignment_id = {assignment} AND me.user_id = {learner}
        """, ct);

    public Task<int> HandIns(AssignmentId assignment, GroupId group, CancellationToken ct) => db.Value<int>($"""
        SELECT count(*)::int FROM group_submissions
        WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND group_id = {group}
        """, ct);

    /// <summary>
    /// How often an assignment <c>a</c> was handed in by the group a learner is in, or by the learner alone: what attempts are counted
    /// by. Whoever comes from another group has all that their new one has left.
    /// </summary>
    public static Sql AttemptsMade(TenantId tenant, UserId learner) => $"""
        (SELECT COALESCE((
                SELECT (SELECT count(*)::int FROM group_submissions g
                    WHERE g.tenant_id = {tenant} AND g.assignment_id = a.assignment_id AND g.group_id = me.group_id)
                FROM group_seats me
                WHERE me.tenant_id = {tenant} AND me.course_id = a.course_id AND me.group_set_id = a.group_set_id
                    AND me.user_id = {learner}),
            (SELECT count(*)::int FROM submissions s
                WHERE s.tenant_id = {tenant} AND s.course_id = a.course_id AND s.user_id = {learner}
                    AND s.assignment_id = a.assignment_id)))
        """;

    public Task<GroupSubmissionId> Add(CourseId course, AssignmentId assignment, WorkGroup group, UserId by, CancellationToken ct) =>
        db.Get<GroupSubmissionId>($"""
            INSERT INTO group_submissions (tenant_id, course_id, assignment_id, group_id, group_name, submitted_by, submitted_at)
            VALUES ({db.Tenant}, {course}, {assignment}, {group.GroupId}, {group.Name}, {by}, {db.Now}) RETURNING group_submission_id
            """, ct);

    /// <summary>Hand-ins of groups with who made them.</summary>
    public async Task<IReadOnlyDictionary<GroupSubmissionId, GroupSubmission>> Find(
        IReadOnlyCollection<GroupSubmissionId> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return new Dictionary<GroupSubmissionId, GroupSubmission>();
        var found = await db.Query<GroupSubmission>($"""
            SELECT g.group_submission_id, g.group_id, g.group_name AS name, g.submitted_by, b.name AS submitted_by_name, (
                SELECT jsonb_agg(jsonb_build_object('user_id', s.user_id, 'name', p.name) ORDER BY p.sortable_name, s.user_id)
                FROM submissions s JOIN people p ON p.tenant_id = s.tenant_id AND p.user_id = s.user_id
                WHERE s.tenant_id = {db.Tenant} AND s.group_submission_id = g.group_submission_id) AS members
            FROM group_submissions g LEFT JOIN people b ON b.tenant_id = g.tenant_id AND b.user_id = g.submitted_by
            WHERE g.tenant_id = {db.Tenant} AND g.group_submission_id = ANY ({ids.ToArray()})
            """, ct);
        return found.ToDictionary(one => one.GroupSubmissionId);
    }

    /// <summary>
    /// Whose grade goes with those asked for, where a group is graded as one: who made the learner's latest attempt with them and has
    /// handed in nothing newer; where neither has handed in, who is in the group now.
    /// </summary>
    public Task<List<GradedTogether>> With(
        CourseId course, IReadOnlyCollection<(AssignmentId Assignment, UserId User)> asked, CancellationToken ct) =>
        db.Query<GradedTogether>($"""
            SELECT t.assignment_id, t.user_id, m.user_id AS mate_id
            FROM unnest({asked.Select(one => one.Assignment).ToArray()}, {asked.Select(one => one.User).ToArray()})
                AS t(assignment_id, user_id)
            JOIN assignments a ON a.tenant_id = {db.Tenant} AND a.assignment_id = t.assignment_id AND a.course_id = {course}
                AND a.group_set_id IS NOT NULL AND NOT a.grade_individually
            LEFT JOIN LATERAL (
                SELECT s.submission_id, s.group_submission_id FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.user_id = t.user_id
                    AND s.assignment_id = t.assignment_id
                ORDER BY s.attempt DESC LIMIT 1) l ON true
            JOIN LATERAL (
                SELECT o.user_id FROM submissions o
                WHERE o.tenant_id = {db.Tenant} AND o.group_submission_id = l.group_submission_id AND NOT EXISTS (
                    SELECT 1 FROM submissions n
                    WHERE n.tenant_id = {db.Tenant} AND n.course_id = {course} AND n.user_id = o.user_id
                        AND n.assignment_id = t.assignment_id AND n.attempt > o.attempt)
                UNION ALL
                SELECT o.user_id FROM group_seats me
                JOIN group_seats o ON o.tenant_id = me.tenant_id AND o.group_id = me.group_id
                WHERE l.submission_id IS NULL AND me.tenant_id = {db.Tenant} AND me.course_id = {course}
                    AND me.group_set_id = a.group_set_id AND me.user_id = t.user_id AND NOT EXISTS (
                    SELECT 1 FROM submissions n
                    WHERE n.tenant_id = {db.Tenant} AND n.course_id = {course} AND n.user_id = o.user_id
                        AND n.assignment_id = t.assignment_id)) m ON m.user_id <> t.user_id
            ORDER BY m.user_id
            """, ct);
}
