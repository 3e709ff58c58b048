using Lectern.Courses.Rosters;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>Writes the group sets, groups and members of a roster.</summary>
internal sealed class RosterGroupWriter(TenantDb db)
{
    public async Task GroupSets(RosterWork work, CancellationToken ct)
    {
        var created = work.Of<RosterGroupSet>(RosterKind.GroupSet, RosterAction.Create);
        RosterWork.Learn(work.GroupSets, await db.Query<RosterWork.Made>($"""
            INSERT INTO group_sets (tenant_id, sis_id, course_id, name)
            SELECT {db.Tenant}, t.sis, t.course, t.name
            FROM unnest({created.Column(item => item.GroupSetId)}, {created.Column(item => RosterWork.Find(work.Courses, item.CourseId))},
                        {created.Column(item => item.Name ?? item.GroupSetId)}) AS t(sis, course, name)
            RETURNING group_set_id AS id, sis_id
            """, ct));
        var changed = work.Of<RosterGroupSet>(RosterKind.GroupSet, RosterAction.Update, RosterAction.Delete);
        await db.Execute($"""
            UPDATE group_sets s SET name = COALESCE(t.name, s.name), course_id = COALESCE(t.course, s.course_id), state = t.state,
                version = s.version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => item.Name)},
                {changed.Column(item => RosterWork.Find(work.Courses, item.CourseId))},
                        {changed.Column(item => item.Live ? "active" : "deleted")}) AS t(id, name, course, state)
            WHERE s.tenant_id = {db.Tenant} AND s.group_set_id = t.id
            """, ct);
    }

    public async Task Groups(RosterWork work, CancellationToken ct)
    {
        var created = work.Of<RosterGroup>(RosterKind.Group, RosterAction.Create);
        await OwnSets(work, created, ct);
        RosterWork.Learn(work.Groups, await db.Query<RosterWork.Made>($"""
            INSERT INTO groups (tenant_id, sis_id, group_set_id, name)
            SELECT {db.Tenant}, t.sis, t.set_id, t.name
            FROM unnest({created.Column(item => item.GroupId)}, {created.Column(item => work.GroupSets[item.GroupSetId ?? OwnSet(item)])},
                        {created.Column(item => item.Name ?? item.GroupId)}) AS t(sis, set_id, name)
            RETURNING group_id AS id, sis_id
            """, ct));
        var changed = work.Of<RosterGroup>(RosterKind.Group, RosterAction.Update, RosterAction.Delete);
        await db.Execute($"""
            UPDATE groups g SET name = COALESCE(t.name, g.name), group_set_id = COALESCE(t.set_id, g.group_set_id), state = t.state,
                version = g.version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => item.Name)},
                {changed.Column(item => RosterWork.Find(work.GroupSets, item.GroupSetId))},
                        {changed.Column(item => item.Live ? "active" : "deleted")}) AS t(id, name, set_id, state)
            WHERE g.tenant_id = {db.Tenant} AND g.group_id = t.id
            """, ct);
        await db.Execute($"""
            UPDATE group_members m SET group_set_id = g.group_set_id FROM groups g
            WHERE m.tenant_id = {db.Tenant} AND g.tenant_id = {db.Tenant} AND g.group_id = m.group_id AND m.group_set_id <> g.group_set_id
              AND g.group_id = ANY ({changed.Targets()})
            """, ct);
    }

    public async Task Members(RosterWork work, CancellationToken ct)
    {
        var ended = work.Of<RosterGroupMember>(RosterKind.GroupMember, RosterAction.Delete);
        await db.Execute($"""
            DELETE FROM group_members m USING unnest({ended.Column(item => work.Groups[item.GroupId])},
                {ended.Column(item => work.Users[item.UserId])}) AS t(g, u)
            WHERE m.tenant_id = {db.Tenant} AND m.group_id = t.g AND m.user_id = t.u
            """, ct);
        var created = work.Of<RosterGroupMember>(RosterKind.GroupMember, RosterAction.Create);
        // Groups of a course take its active learners only; a person named in two groups of a set is in the one named last.
        await db.Execute($"""
            INSERT INTO group_members (tenant_id, group_id, user_id, group_set_id, joined_at)
            SELECT DISTINCT ON (g.group_set_id, t.u) {db.Tenant}, t.g, t.u, g.group_set_id, {db.Now}
            FROM unnest({created.Column(item => work.Groups[item.GroupId])},
                {created.Column(item => work.Users[item.UserId])}) WITH ORDINALITY AS t(g, u, n)
            JOIN groups g ON g.tenant_id = {db.Tenant} AND g.group_id = t.g
            JOIN group_sets s ON s.tenant_id = {db.Tenant} AND s.group_set_id = g.group_set_id
            WHERE s.course_id IS NULL OR EXISTS (
                SELECT 1 FROM enrollments e WHERE e.tenant_id = {db.Tenant} AND e.course_id = s.course_id AND e.user_id = t.u
                AND e.role = 'learner' AND e.state = 'active')
            ORDER BY g.group_set_id, t.u, t.n DESC
            ON CONFLICT (tenant_id, group_set_id, user_id) DO UPDATE SET group_id = excluded.group_id, joined_at = excluded.joined_at
            """, ct);
    }

    /// <summary>Groups that name no set stand in one of their course's, made for them.</summary>
    private async Task OwnSets(RosterWork work, List<(RosterStep Step, RosterGroup Item)> created, CancellationToken ct)
    {
        var missing = created.Where(one => one.Item.GroupSetId is null && !work.GroupSets.ContainsKey(OwnSet(one.Item)))
            .Select(one => (Key: OwnSet(one.Item), Course: RosterWork.Find(work.Courses, one.Item.CourseId))).Distinct().ToList();
        if (missing.Count == 0) return;
        RosterWork.Learn(work.GroupSets, await db.Query<RosterWork.Made>($"""
            INSERT INTO group_sets (tenant_id, sis_id, course_id, name)
            SELECT {db.Tenant}, t.sis, t.course, 'Groups'
                FROM unnest({missing.Select(one => one.Key).ToArray()}, {missing.Select(one => one.Course).ToArray()}) AS t(sis, course)
            RETURNING group_set_id AS id, sis_id
            """, ct));
    }

    // No id of a file begins so.
    private static string OwnSet(RosterGroup group) => $"\u001bgroups:{group.CourseId}";
}
