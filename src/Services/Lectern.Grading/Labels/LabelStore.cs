using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Data;

namespace Lectern.Grading.Labels;

/// <summary>What courses call things.</summary>
internal sealed class LabelStore(TenantDb db)
{
    /// <summary>As they are said now; a course that never said has version 0.</summary>
    public async Task<StoredLabels> Find(CourseId course, CancellationToken ct) => await db.Find<StoredLabels>($"""
        SELECT l.labels, l.version FROM grade_labels l WHERE l.tenant_id = {db.Tenant} AND l.course_id = {course}
        """, ct) ?? new StoredLabels(GradeLabels.Default, 0);

    /// <summary>Puts others in their place, if these are the ones that were seen.</summary>
    public async Task<bool> Replace(CourseId course, GradeLabels labels, int seen, CancellationToken ct) => seen == 0
        ? await db.Execute($"""
            INSERT INTO grade_labels (tenant_id, course_id, labels, version) VALUES ({db.Tenant}, {course}, {Sql.Json(labels)}, 1)
            ON CONFLICT DO NOTHING
            """, ct) == 1
        : await db.Execute($"""
            UPDATE grade_labels SET labels = {Sql.Json(labels)}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND version = {seen}
            """, ct) == 1;

    /// <summary>Whether all of these are assignments of the course.</summary>
    public async Task<bool> AreOf(CourseId course, IReadOnlyCollection<AssignmentId> assignments, CancellationToken ct) =>
        assignments.Count == 0 || await db.Value<int>($"""
            SELECT count(*)::int FROM assignments a
            WHERE a.tenant_id = {db.Tenant} AND a.course_id = {course} AND a.assignment_id = ANY ({assignments.ToArray()})
            """, ct) == assignments.Count;
}

/// <summary>Labels and the version they are.</summary>
internal sealed record StoredLabels(GradeLabels Labels, int Version);
