using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Grading.GradebookViews;

/// <summary>Views of a course's gradebook: one's own, and those that other graders share.</summary>
internal sealed class GradebookViewStore(TenantDb db, Actor actor)
{
    public Task<List<GradebookView>> List(CourseId course, CancellationToken ct) => db.Query<GradebookView>($"""
        SELECT v.name, v.filters, v.shared, v.owner_id = {actor.Person} AS mine, v.owner_id, p.name AS owner_name
        FROM gradebook_views v JOIN people p ON p.tenant_id = v.tenant_id AND p.user_id = v.owner_id
        WHERE v.tenant_id = {db.Tenant} AND v.course_id = {course} AND (v.shared OR v.owner_id = {actor.Person})
        ORDER BY v.owner_id <> {actor.Person}, lower(v.name), v.owner_id
        """, ct);

    /// <summary>False when this person has as many as one may have already.</summary>
    public async Task<bool> Save(CourseId course, string name, ViewFilters filters, bool shared, CancellationToken ct) =>
        await db.Execute($"""
            INSERT INTO gradebook_views (tenant_id, course_id, owner_id, name, filters, shared)
            SELECT {db.Tenant}, {course}, {actor.Person}, {name}, {Sql.Json(filters)}, {shared}
            WHERE (
                SELECT count(*) FROM gradebook_views v
                WHERE v.tenant_id = {db.Tenant} AND v.course_id = {course} AND v.owner_id = {actor.Person} AND v.name <> {name})
                < {GradebookView.MostOfOnePerson}
            ON CONFLICT (tenant_id, course_id, owner_id, name) DO UPDATE SET filters = excluded.filters, shared = excluded.shared
            """, ct) == 1;

    public async Task<bool> Remove(CourseId course, string name, CancellationToken ct) => await db.Execute($"""
        DELETE FROM gradebook_views
        WHERE tenant_id = {db.Tenant} AND course_id = {course} AND owner_id = {actor.Person} AND name = {name}
        """, ct) == 1;
}
