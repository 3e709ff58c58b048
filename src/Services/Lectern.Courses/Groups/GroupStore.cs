using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Courses.Groups;

/// <summary>The rows of groups and of who is in them.</summary>
internal sealed class GroupStore(TenantDb db)
{
    public Task<List<Group>> Of(GroupSetId set, CancellationToken ct) =>
        db.Query<Group>($"{Columns} AND g.group_set_id = {set} ORDER BY g.group_id", ct);

    public Task<Group?> Find(GroupId group, CancellationToken ct) => db.Find<Group>($"{Columns} AND g.group_id = {group}", ct);

    public async Task<GroupId> Insert(GroupSetId set, GroupForm form, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<GroupId>($"""
            INSERT INTO groups (tenant_id, group_set_id, name, size_limit)
            VALUES ({db.Tenant}, {set}, {form.Name!.Trim()}, {form.SizeLimit}::int) RETURNING group_id
            """, ct);
    }

    public async Task<bool> Update(GroupId group, GroupForm form, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE groups SET name = {form.Name!.Trim()}, size_limit = {form.SizeLimit}::int, version = version + 1
        WHERE tenant_id = {db.Tenant} AND group_id = {group} AND version = {seen} AND state = 'active'
        """, ct) == 1;

    public async Task Remove(GroupId group, CancellationToken ct)
    {
        await db.Execute($"DELETE FROM group_members WHERE tenant_id = {db.Tenant} AND group_id = {group}", ct);
        await db.Execute($"""
            UPDATE groups SET state = 'deleted', version = version + 1 WHERE tenant_id = {db.Tenant} AND group_id = {group}
                AND state = 'active'
            """, ct);
    }

    /// <summary>Lets changes of who is in a set's groups happen one after the other.</summary>
    public Task Lock(GroupSetId set, CancellationToken ct) =>
        db.Execute($"SELECT 1 FROM group_sets WHERE tenant_id = {db.Tenant} AND group_set_id = {set} FOR UPDATE", ct);

    /// <summary>What decides whether a person can come into a group; holds the group until the unit of work ends.</summary>
    public async Task<GroupDoor?> Door(GroupId group, UserId user, CancellationToken ct)
    {
        if (await Find(group, ct) is not { } found) return null;
        await Lock(found.GroupSetId, ct);
        return await db.Find<GroupDoor>($"""
            SELECT g.group_id, g.group_set_id, s.self_sign_up, COALESCE(g.size_limit, s.size_limit) AS size_limit,
                   (SELECT count(*)::int FROM group_members m WHERE m.tenant_id = {db.Tenant} AND m.group_id = g.group_id) AS members,
                   EXISTS (SELECT 1 FROM enrollments e WHERE e.tenant_id = {db.Tenant} AND e.course_id = s.course_id AND e.user_id = {user}
                           AND e.role = 'learner' AND e.state = 'active') AS is_learner,
                   (SELECT m.group_id FROM group_members m WHERE m.tenant_id = {db.Tenant} AND m.group_set_id = s.group_set_id
                   AND m.user_id = {user}) AS is_in
            FROM groups g JOIN group_sets s ON s.tenant_id = {db.Tenant} AND s.group_set_id = g.group_set_id
            WHERE g.tenant_id = {db.Tenant} AND g.group_id = {group} AND g.state = 'active'
            """, ct);
    }

    /// <summary>Puts people into groups; who is in another group of the set goes over.</summary>
    public Task Put(GroupSetId set, IReadOnlyList<(GroupId Group, UserId User)> members, CancellationToken ct) => db.Execute($"""
        INSERT INTO group_members (tenant_id, group_id, user_id, group_set_id, joined_at)
        SELECT {db.Tenant}, g, u, {set}, {db.Now}
        FROM unnest({members.Select(one => one.Group).ToArray()}, {members.Select(one => one.User).ToArray()}) AS t(g, u)
        ON CONFLICT (tenant_id, group_set_id, user_id) DO UPDATE SET group_id = excluded.group_id, joined_at = excluded.joined_at
        WHERE group_members.group_id <> excluded.group_id
        """, ct);

    public async Task<bool> Leave(GroupId group, UserId user, CancellationToken ct) => await db.Execute(
        $"DELETE FROM group_members WHERE tenant_id = {db.Tenant} AND group_id = {group} AND user_id = {user}", ct) == 1;

    private Sql Columns => $"""
        SELECT g.group_id, g.group_set_id, g.name, g.size_limit, g.version, COALESCE((
            SELECT jsonb_agg(jsonb_build_object('user_id', m.user_id, 'name', p.name) ORDER BY p.sortable_name, m.user_id)
            FROM group_members m JOIN people p ON p.tenant_id = {db.Tenant} AND p.user_id = m.user_id
            WHERE m.tenant_id = {db.Tenant} AND m.group_id = g.group_id), '[]') AS members
        FROM groups g WHERE g.tenant_id = {db.Tenant} AND g.state = 'active'
        """;
}
