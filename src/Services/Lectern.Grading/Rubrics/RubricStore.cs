using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.Rubrics;

/// <summary>Rubrics, their versions, and which assignments they are for.</summary>
internal sealed class RubricStore(TenantDb db, Actor actor)
{
    public Task<List<RubricLine>> List(CourseId course, CancellationToken ct) => db.Query<RubricLine>($"""
        SELECT r.rubric_id, r.title, r.version, v.points_possible, jsonb_array_length(v.criteria) AS criterion_count,
            ARRAY(SELECT a.title FROM assignment_rubrics u
                JOIN assignments a ON a.tenant_id = u.tenant_id AND a.assignment_id = u.assignment_id AND a.status <> 'deleted'
                WHERE u.tenant_id = r.tenant_id AND u.rubric_id = r.rubric_id ORDER BY a.position, a.assignment_id) AS used_by
        FROM rubrics r
        JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = r.rubric_id AND v.version = r.version
        WHERE r.tenant_id = {db.Tenant} AND r.course_id = {course} AND r.status = 'active' ORDER BY r.title, r.rubric_id
        """, ct);

    /// <summary>A rubric in one of its versions, the newest when none is named; also one that was taken away.</summary>
    public Task<Rubric?> Find(RubricId id, CancellationToken ct, int? version = null) => db.Find<Rubric>($"""
        SELECT {Sql.Raw(Rubric.Columns)} FROM rubrics r
        JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = r.rubric_id
            AND v.version = COALESCE({version}::int, r.version)
        WHERE r.tenant_id = {db.Tenant} AND r.rubric_id = {id}
        """, ct);

    /// <summary>All versions up to the newest, by number.</summary>
    public async Task<Dictionary<int, Rubric>> Versions(RubricId id, CancellationToken ct) => (await db.Query<Rubric>($"""
        SELECT {Sql.Raw(Rubric.Columns)} FROM rubrics r
        JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = r.rubric_id
        WHERE r.tenant_id = {db.Tenant} AND r.rubric_id = {id}
        """, ct)).ToDictionary(rubric => rubric.Version);

    public async Task<Rubric> Add(CourseId course, RubricFields fields, CancellationToken ct)
    {
        await db.Begin(ct);
        var title = fields.Title!.Trim();
        var id = await db.Get<RubricId>($"""
            INSERT INTO rubrics (tenant_id, course_id, title, created_at) VALUES ({db.Tenant}, {course}, {title}, {db.Now})
            RETURNING rubric_id
            """, ct);
        return await AddVersion(new Rubric(id, course, title, 1, 1, 0, fields.ToCriteria()), ct);
    }

    /// <summary>Adds a version, if the one it was made from is still the newest. Whoever assesses by it meanwhile goes first.</summary>
    public async Task<Rubric?> Replace(RubricId id, RubricFields fields, int seen, CancellationToken ct)
    {
        await db.Begin(ct);
        var title = fields.Title!.Trim();
        var course = await db.Query<CourseId>($"""
            UPDATE rubrics SET title = {title}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND rubric_id = {id} AND version = {seen} AND status = 'active' RETURNING course_id
            """, ct);
        return course.Count == 0
            ? null
            : await AddVersion(new Rubric(id, course[0], title, seen + 1, seen + 1, 0, fields.ToCriteria()), ct);
    }

    public async Task<bool> Remove(RubricId id, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE rubrics SET status = 'deleted' WHERE tenant_id = {db.Tenant} AND rubric_id = {id} AND version = {seen} AND status = 'active'
        """, ct) == 1;

    public Task<bool> IsUsed(RubricId id, CancellationToken ct) => db.Value<bool>($"""
        SELECT EXISTS (SELECT 1 FROM assignment_rubrics u
            JOIN assignments a ON a.tenant_id = u.tenant_id AND a.assignment_id = u.assignment_id AND a.status <> 'deleted'
            WHERE u.tenant_id = {db.Tenant} AND u.rubric_id = {id})
        """, ct);

    /// <summary>What an assignment is assessed by, in its newest version; null when by no rubric.</summary>
    /// <param name="held">Until the unit of work ends nobody changes the rubric.</param>
    public async Task<AssignmentRubric?> Of(AssignmentId assignment, CancellationToken ct, bool held = false)
    {
        // Locked by a statement of its own: one that waited would join the version of before.
        if (held) await db.Query<RubricId>($"""
            SELECT r.rubric_id FROM assignment_rubrics u
            JOIN rubrics r ON r.tenant_id = u.tenant_id AND r.rubric_id = u.rubric_id
            WHERE u.tenant_id = {db.Tenant} AND u.assignment_id = {assignment} FOR SHARE OF r
            """, ct);
        return await db.Find<AssignmentRubric>($"""
            SELECT u.total_is_score, u.version AS link_version, {Sql.Raw(Rubric.Columns)} FROM assignment_rubrics u
            JOIN rubrics r ON r.tenant_id = u.tenant_id AND r.rubric_id = u.rubric_id
            JOIN rubric_versions v ON v.tenant_id = r.tenant_id AND v.rubric_id = r.rubric_id AND v.version = r.version
            WHERE u.tenant_id = {db.Tenant} AND u.assignment_id = {assignment}
            """, ct);
    }

    /// <summary>Which of these assignments are assessed by a rubric.</summary>
    public async Task<HashSet<AssignmentId>> Among(IReadOnlyCollection<AssignmentId> assignments, CancellationToken ct) =>
        [.. await db.Query<AssignmentId>($"""
            SELECT assignment_id FROM assignment_rubrics
            WHERE tenant_id = {db.Tenant} AND assignment_id = ANY ({assignments.ToArray()})
            """, ct)];

    /// <summary>Says what an assignment is assessed by, if that still is what was seen; 0 where nothing was.</summary>
    public async Task<bool> Attach(AssignmentId assignment, RubricId rubric, bool totalIsScore, int seen, CancellationToken ct) => seen == 0
        ? await db.Execute($"""
            INSERT INTO assignment_rubrics (tenant_id, assignment_id, rubric_id, total_is_score)
            VALUES ({db.Tenant}, {assignment}, {rubric}, {totalIsScore}) ON CONFLICT DO NOTHING
            """, ct) == 1
        : await db.Execute($"""
            UPDATE assignment_rubrics SET rubric_id = {rubric}, total_is_score = {totalIsScore}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen}
            """, ct) == 1;

    public async Task<bool> Detach(AssignmentId assignment, int seen, CancellationToken ct) => await db.Execute($"""
        DELETE FROM assignment_rubrics WHERE tenant_id = {db.Tenant} AND assignment_id = {assignment} AND version = {seen}
        """, ct) == 1;

    private async Task<Rubric> AddVersion(Rubric rubric, CancellationToken ct)
    {
        var points = rubric.Criteria.Where(criterion => criterion.Scoring).Sum(criterion => criterion.Points);
        await db.Execute($"""
            INSERT INTO rubric_versions (tenant_id, rubric_id, version, title, criteria, points_possible, actor_id, at)
            VALUES ({db.Tenant}, {rubric.RubricId}, {rubric.Version}, {rubric.Title}, {Sql.Json(rubric.Criteria)}, {points},
                {actor.UserId}, {db.Now})
            """, ct);
        return rubric with { PointsPossible = points };
    }
}

/// <summary>A rubric in a list.</summary>
/// <param name="UsedBy">The titles of the assignments it is for.</param>
internal sealed record RubricLine(
    RubricId RubricId, string Title, int Version, decimal PointsPossible, int CriterionCount, string[] UsedBy);

/// <summary>What an assignment is assessed by.</summary>
/// <param name="TotalIsScore">The score follows the assessment whenever every criterion that counts has points.</param>
/// <param name="LinkVersion">The version of the choice, not of the rubric.</param>
internal sealed record AssignmentRubric(bool TotalIsScore, int LinkVersion, Rubric Rubric);
