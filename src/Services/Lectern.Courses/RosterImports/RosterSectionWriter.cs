using Lectern.Contracts.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Rosters;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>Writes the sections of a roster and where they are taught.</summary>
internal sealed class RosterSectionWriter(TenantDb db, EnrollmentStore enrollments)
{
    public async Task Sections(RosterWork work, CancellationToken ct)
    {
        var created = work.Of<RosterSection>(RosterKind.Section, RosterAction.Create);
        RosterWork.Learn(work.Sections, await db.Query<RosterWork.Made>($"""
            INSERT INTO sections (tenant_id, sis_id, course_id, home_course_id, name, starts_at, ends_at)
            SELECT {db.Tenant}, t.sis, t.course, t.course, t.name, t.starts, t.ends
            FROM unnest({created.Column(item => item.SectionId)}, {created.Column(item => work.Courses[item.CourseId])},
                        {created.Column(item => item.Name ?? item.SectionId)}, {created.Instants(item => item.StartsAt)},
                        {created.Instants(item => item.EndsAt)})
                 AS t(sis, course, name, starts, ends)
            RETURNING section_id AS id, sis_id
            """, ct));
        await Update(work, ct);
        var ended = work.Of<RosterSection>(RosterKind.Section, RosterAction.Delete).Targets();
        if (ended.Length == 0) return;
        await enrollments.Remove(await db.Query<EnrollmentId>($"""
            SELECT enrollment_id FROM enrollments WHERE tenant_id = {db.Tenant} AND section_id = ANY ({ended}) AND state <> 'deleted'
            """, ct), ct);
        await db.Execute($"""
            UPDATE sections SET state = 'deleted', version = version + 1 WHERE tenant_id = {db.Tenant} AND section_id = ANY ({ended})
            """, ct);
    }

    public async Task CrossListings(RosterWork work, CancellationToken ct)
    {
        foreach (var (step, item) in work.Of<RosterCrossListing>(RosterKind.CrossListing))
        {
            var section = new SectionId(work.Sections[item.SectionId]);
            long? target = step.Action is RosterAction.Delete ? null : work.Courses[item.CourseId];
            await Teach(section, target, ct);
        }
    }

    private async Task Update(RosterWork work, CancellationToken ct)
    {
        var changed = work.Of<RosterSection>(RosterKind.Section, RosterAction.Update);
        if (changed.Count == 0) return;
        await db.Execute($"""
            UPDATE sections s SET name = COALESCE(t.name, s.name), starts_at = COALESCE(t.starts, s.starts_at),
                ends_at = COALESCE(t.ends, s.ends_at),
                   state = 'active', version = s.version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => item.Name)}, {changed.Instants(item => item.StartsAt)},
                        {changed.Instants(item => item.EndsAt)}) AS t(id, name, starts, ends)
            WHERE s.tenant_id = {db.Tenant} AND s.section_id = t.id
            """, ct);
        foreach (var (step, item) in changed)
        {
            var section = new SectionId(step.TargetId!.Value);
            if (step.Changes.Any(change => change.Field == "course_id")) await GoHome(section, work.Courses[item.CourseId], ct);
            if (step.Changes.Any(change => change.Field is "starts_at" or "ends_at")) await enrollments.SyncGrants(
                await enrollments.InSection(section, ct), ct);
        }
    }

    /// <summary>Gives a section another home; taught elsewhere, it stays there.</summary>
    private async Task GoHome(SectionId section, long home, CancellationToken ct)
    {
        var place = await PlaceOf(section, ct);
        await db.Execute($"UPDATE sections SET home_course_id = {home} WHERE tenant_id = {db.Tenant} AND section_id = {section}", ct);
        if (place.CourseId == place.HomeCourseId) await Teach(section, home, ct);
    }

    private async Task Teach(SectionId section, long? course, CancellationToken ct)
    {
        var place = await PlaceOf(section, ct);
        var target = course ?? place.HomeCourseId;
        if (target == place.CourseId) return;
        await db.Execute($"""
            UPDATE sections SET course_id = {target}, version = version + 1 WHERE tenant_id = {db.Tenant} AND section_id = {section}
            """, ct);
        await enrollments.FollowSection(section, new CourseId(place.CourseId), new CourseId(target), ct);
    }

    private Task<Place> PlaceOf(SectionId section, CancellationToken ct) => db.Get<Place>($"""
        SELECT course_id, home_course_id FROM sections WHERE tenant_id = {db.Tenant} AND section_id = {section}
        """, ct);

    private sealed record Place(long CourseId, long HomeCourseId);
}
