using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Rubrics;

/// <summary>Carryings over of assessments, and the entries of the ledger they made.</summary>
internal sealed class RubricMigrationStore(TenantDb db, Actor actor)
{
    private const string Columns = """
        m.rubric_migration_id, m.course_id, m.rubric_id, m.to_version, m.status, m.changed_count, m.kept_count, m.actor_id,
        (SELECT p.name FROM people p WHERE p.tenant_id = m.tenant_id AND p.user_id = m.actor_id) AS actor_name, m.at
        """;

    public Task<List<RubricMigration>> List(RubricId rubric, CancellationToken ct) => db.Query<RubricMigration>($"""
        SELECT {Sql.Raw(Columns)} FROM rubric_migrations m WHERE m.tenant_id = {db.Tenant} AND m.rubric_id = {rubric}
        ORDER BY m.rubric_migration_id DESC LIMIT 50
        """, ct);

    public Task<RubricMigration?> Find(RubricMigrationId id, CancellationToken ct) => db.Find<RubricMigration>(
        $"SELECT {Sql.Raw(Columns)} FROM rubric_migrations m WHERE m.tenant_id = {db.Tenant} AND m.rubric_migration_id = {id}", ct);

    public async Task<RubricMigrationId> Begin(CourseId course, RubricId rubric, int version, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<RubricMigrationId>($"""
            INSERT INTO rubric_migrations (tenant_id, course_id, rubric_id, to_version, status, actor_id, at)
            VALUES ({db.Tenant}, {course}, {rubric}, {version}, 'applying', {actor.UserId}, {db.Now}) RETURNING rubric_migration_id
            """, ct);
    }

    public async Task<bool> Turn(RubricMigrationId id, MigrationStatus from, MigrationStatus to, CancellationToken ct) =>
        await db.Execute($"""
            UPDATE rubric_migrations SET status = {to}
            WHERE tenant_id = {db.Tenant} AND rubric_migration_id = {id} AND status = {from}
            """, ct) == 1;

    public Task Count(RubricMigrationId id, int changed, int kept, CancellationToken ct) => db.Execute($"""
        UPDATE rubric_migrations SET changed_count = changed_count + {changed}, kept_count = kept_count + {kept}
        WHERE tenant_id = {db.Tenant} AND rubric_migration_id = {id}
        """, ct);

    public void RememberAtCommit(RubricMigrationId id, IReadOnlyCollection<MigratedGrade> made) => db.AtCommit($"""
        INSERT INTO rubric_migration_entries (tenant_id, rubric_migration_id, user_id, assignment_id, version)
        SELECT {db.Tenant}, {id}, t.user_id, t.assignment_id, t.version
        FROM unnest({made.Select(one => one.UserId).ToArray()}, {made.Select(one => one.AssignmentId).ToArray()},
            {made.Select(one => one.Version).ToArray()}) AS t(user_id, assignment_id, version)
        """);

    /// <summary>What it did to the next so many learners.</summary>
    public Task<List<MigratedGrade>> Next(RubricMigrationId id, UserId? after, int learners, CancellationToken ct) =>
        db.Query<MigratedGrade>($"""
            SELECT e.user_id, e.assignment_id, e.version FROM rubric_migration_entries e
            WHERE e.tenant_id = {db.Tenant} AND e.rubric_migration_id = {id} AND e.user_id IN (
                SELECT DISTINCT n.user_id FROM rubric_migration_entries n
                WHERE n.tenant_id = {db.Tenant} AND n.rubric_migration_id = {id} AND n.user_id > {after?.Value ?? 0}
                ORDER BY n.user_id LIMIT {learners})
            ORDER BY e.user_id, e.assignment_id
            """, ct);

    /// <summary>Which of these somebody graded since. Being shown to the learner or hidden is no grading.</summary>
    public async Task<HashSet<(AssignmentId, UserId)>> GradedSince(IReadOnlyCollection<MigratedGrade> made, CancellationToken ct)
    {
        var found = await db.Query<MigratedGrade>($"""
            SELECT e.user_id, e.assignment_id, max(e.version) AS version
            FROM unnest({made.Select(one => one.UserId).ToArray()}, {made.Select(one => one.AssignmentId).ToArray()},
                {made.Select(one => one.Version).ToArray()}) AS t(user_id, assignment_id, version)
            JOIN grade_entries e ON e.tenant_id = {db.Tenant} AND e.assignment_id = t.assignment_id AND e.user_id = t.user_id
                AND e.version > t.version AND e.kind <> 'posting'
            GROUP BY e.user_id, e.assignment_id
            """, ct);
        return [.. found.Select(one => (one.AssignmentId, one.UserId))];
    }
}

/// <summary>An entry of the ledger that a carrying over made.</summary>
internal sealed record MigratedGrade(UserId UserId, AssignmentId AssignmentId, int Version);
