using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.GroupSets;

/// <summary>The rows of group sets.</summary>
internal sealed class GroupSetStore(TenantDb db)
{
    public Task<GroupSet?> Find(GroupSetId set, CancellationToken ct) =>
        db.Find<GroupSet>($"{Columns} WHERE s.tenant_id = {db.Tenant} AND s.group_set_id = {set} AND s.state = 'active'", ct);

    public Task<List<GroupSet>> Of(CourseId course, CancellationToken ct) => db.Query<GroupSet>($"""
        {Columns} WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.state = 'active' ORDER BY s.name, s.group_set_id
        """, ct);

    public async Task<GroupSetId> Insert(CourseId course, GroupSetForm form, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<GroupSetId>($"""
            INSERT INTO group_sets (tenant_id, course_id, name, self_sign_up, size_limit)
            VALUES ({db.Tenant}, {course}, {form.Name!.Trim()}, {form.SelfSignUp}, {form.SizeLimit}::int) RETURNING group_set_id
            """, ct);
    }

    public async Task<bool> Update(GroupSetId set, GroupSetForm form, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE group_sets SET name = {form.Name!.Trim()}, self_sign_up = {form.SelfSignUp}, size_limit = {form.SizeLimit}::int,
            version = version + 1
        WHERE tenant_id = {db.Tenant} AND group_set_id = {set} AND version = {seen} AND state = 'active'
        """, ct) == 1;

    /// <summary>Ends a set, its groups and who is in them.</summary>
    public async Task Remove(GroupSetId set, CancellationToken ct)
    {
        await db.Execute($"DELETE FROM group_members WHERE tenant_id = {db.Tenant} AND group_set_id = {set}", ct);
        await db.Execute($"""
            UPDATE groups SET state = 'deleted', version = version + 1
            WHERE tenant_id = {db.Tenant} AND group_set_id = {set} AND state = 'active'
            """, ct);
        await db.Execute($"""
            UPDATE group_sets SET state = 'deleted', version = version + 1
            WHERE tenant_id = {db.Tenant} AND group_set_id = {set} AND state = 'active'
            """, ct);
    }

    /// <summary>Learners of the set's course who are in none of its groups.</summary>
    public Task<List<UserId>> Ungrouped(GroupSet set, CancellationToken ct) => db.Query<UserId>($"""
        SELECT DISTINCT e.user_id FROM enrollments e
        WHERE e.tenant_id = {db.Tenant} AND e.course_id = {set.CourseId} AND e.role = 'learner' AND e.state = 'active' AND NOT EXISTS (
            SELECT 1 FROM group_members m WHERE m.tenant_id = {db.Tenant} AND m.group_set_id = {set.GroupSetId} AND m.user_id = e.user_id)
        ORDER BY e.user_id
        """, ct);

    private Sql Columns => $"""
        SELECT s.group_set_id, s.course_id, s.name, s.self_sign_up, s.size_limit, s.version,
               (SELECT count(*)::int FROM groups g WHERE g.tenant_id = {db.Tenant} AND g.group_set_id = s.group_set_id
               AND g.state = 'active') AS groups,
               (SELECT count(*)::int FROM group_members m WHERE m.tenant_id = {db.Tenant} AND m.group_set_id = s.group_set_id) AS members
        FROM group_sets s
        """;
}
