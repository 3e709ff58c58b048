using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Gradebook;

/// <summary>The rules of a course's grades, in all their versions.</summary>
internal sealed class PolicyStore(TenantDb db, Actor actor)
{
    public Task<StoredRules?> Current(CourseId course, CancellationToken ct) => db.Find<StoredRules>($"""
        SELECT p.policy, b.policy_version AS version FROM gradebooks b
        JOIN grading_policies p ON p.tenant_id = b.tenant_id AND p.course_id = b.course_id AND p.policy_version = b.policy_version
        WHERE b.tenant_id = {db.Tenant} AND b.course_id = {course}
        """, ct);

    /// <summary>The rules with numbers for what is new in them. A number is never given twice, for overrides are kept by it.</summary>
    public async Task<GradingRules> Numbered(CourseId course, GradingRules rules, CancellationToken ct)
    {
        var last = await db.Value<long?>($"""
            SELECT max((n->>'period_id')::bigint) FROM grading_policies p, jsonb_array_elements(p.policy->'periods') n
            WHERE p.tenant_id = {db.Tenant} AND p.course_id = {course}
            """, ct);
        return rules.Numbered((await Current(course, ct))?.Policy ?? GradingRules.Default, last ?? 0);
    }

    /// <summary>
    /// Puts a new version of the rules in force, if the one it was made from still is. The course's structure is held by the caller.
    /// </summary>
    public async Task<bool> Change(CourseId course, GradingRules rules, int seen, string? reason, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE gradebooks SET policy_version = policy_version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND policy_version = {seen}
            """, ct);
        if (changed == 0) return false;
        await db.Execute($"""
            INSERT INTO grading_policies (tenant_id, course_id, policy_version, policy, actor_id, reason, at)
            VALUES ({db.Tenant}, {course}, {seen + 1}, {Sql.Json(rules)}, {actor.UserId}, {reason}, {db.Now})
            """, ct);
        return true;
    }
}

/// <summary>Rules and the version they are.</summary>
internal sealed record StoredRules(GradingRules Policy, int Version);
