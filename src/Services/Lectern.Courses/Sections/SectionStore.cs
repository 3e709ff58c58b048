using Lectern.Contracts.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Platform.Data;

namespace Lectern.Courses.Sections;

/// <summary>The rows of sections; their people's access follows every change.</summary>
internal sealed class SectionStore(TenantDb db, EnrollmentStore enrollments)
{
    public Task<Section?> Find(SectionId section, CancellationToken ct) => db.Find<Section>($"""
        {Columns} WHERE s.tenant_id = {db.Tenant} AND s.section_id = {section} AND s.state = 'active'
        """, ct);

    public Task<List<Section>> Of(CourseId course, CancellationToken ct) => db.Query<Section>($"""
        {Columns} WHERE s.tenant_id = {db.Tenant} AND s.course_id = {course} AND s.state = 'active' ORDER BY s.is_default DESC, s.name,
        s.section_id
        """, ct);

    public async Task<SectionId> Insert(CourseId course, SectionForm form, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<SectionId>($"""
            INSERT INTO sections (tenant_id, course_id, home_course_id, name, starts_at, ends_at)
            VALUES ({db.Tenant}, {course}, {course}, {form.Name!.Trim()}, {form.StartsAt}::timestamptz,
                {form.EndsAt}::timestamptz) RETURNING section_id
            """, ct);
    }

    /// <summary>Writes a section and what its dates mean for its people; false when somebody else was faster.</summary>
    public async Task<bool> Update(SectionId section, SectionForm form, int seen, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE sections SET name = {form.Name!.Trim()}, starts_at = {form.StartsAt}::timestamptz, ends_at = {form.EndsAt}::timestamptz,
                version = version + 1
            WHERE tenant_id = {db.Tenant} AND section_id = {section} AND version = {seen} AND state = 'active'
            """, ct);
        if (changed == 1) await enrollments.SyncGrants(await enrollments.InSection(section, ct), ct);
        return changed == 1;
    }

    /// <summary>Teaches a section in another course, its people with it; false when somebody else was faster.</summary>
    public async Task<bool> Teach(Section section, CourseId course, int seen, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE sections SET course_id = {course}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND section_id = {section.SectionId} AND version = {seen} AND state = 'active'
            """, ct);
        if (changed == 1) await enrollments.FollowSection(section.SectionId, section.CourseId, course, ct);
        return changed == 1;
    }

    private Sql Columns => $"""
        SELECT s.section_id, s.course_id, s.home_course_id, s.name, s.is_default, s.starts_at, s.ends_at, s.sis_id, s.version, (
            SELECT count(*)::int FROM enrollments e WHERE e.tenant_id = {db.Tenant} AND e.section_id = s.section_id AND e.state = 'active')
                AS people
        FROM sections s
        """;
}
