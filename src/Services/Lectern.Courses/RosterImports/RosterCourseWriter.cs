using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Courses.Courses;
using Lectern.Courses.Enrollments;
using Lectern.Courses.Rosters;
using Lectern.Courses.Terms;
using Lectern.Platform.Access;
using Lectern.Platform.Data;

namespace Lectern.Courses.RosterImports;

/// <summary>Writes the terms and courses of a roster, many in one statement.</summary>
internal sealed class RosterCourseWriter(TenantDb db, CourseStore courses, EnrollmentStore enrollments, Grants grants, IPeople people,
    Actor actor)
{
    public async Task Terms(RosterWork work, CancellationToken ct)
    {
        var created = work.Of<RosterTerm>(RosterKind.Term, RosterAction.Create);
        db.Outdate(TermStore.Tag(db.Tenant));
        RosterWork.Learn(work.Terms, await db.Query<RosterWork.Made>($"""
            INSERT INTO terms (tenant_id, sis_id, name, starts_at, ends_at)
            SELECT {db.Tenant}, t.sis, t.name, t.starts, t.ends
            FROM unnest({created.Column(item => item.TermId)}, {created.Column(item => item.Name ?? item.TermId)},
                {created.Instants(item => item.StartsAt)},
                        {created.Instants(item => item.EndsAt)}) AS t(sis, name, starts, ends)
            RETURNING term_id AS id, sis_id
            """, ct));
        var changed = work.Of<RosterTerm>(RosterKind.Term, RosterAction.Update, RosterAction.Delete);
        if (changed.Count == 0) return;
        await db.Execute($"""
            UPDATE terms k SET name = COALESCE(t.name, k.name), starts_at = COALESCE(t.starts, k.starts_at),
                ends_at = COALESCE(t.ends, k.ends_at),
                   state = t.state, version = version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => item.Name)}, {changed.Instants(item => item.StartsAt)},
                {changed.Instants(item => item.EndsAt)},
                        {changed.Column(item => item.Live ? "active" : "deleted")}) AS t(id, name, starts, ends, state)
            WHERE k.tenant_id = {db.Tenant} AND k.term_id = t.id
            """, ct);
        await courses.PlaceWindows(
            await db.Query<CourseId>($"SELECT course_id FROM courses WHERE tenant_id = {db.Tenant} AND term_id = ANY ({changed.Targets()})",
            ct), ct);
    }

    public async Task Courses(RosterWork work, CancellationToken ct)
    {
        var made = await Create(work, ct);
        var changed = work.Of<RosterCourse>(RosterKind.Course, RosterAction.Update);
        await Update(work, changed, ct);
        var ended = work.Of<RosterCourse>(RosterKind.Course, RosterAction.Delete).ConvertAll(one => new CourseId(one.Step.TargetId!.Value));
        await courses.PlaceWindows([.. made, .. changed.Select(one => new CourseId(one.Step.TargetId!.Value))], ct);
        await End(ended, ct);
    }

    private async Task<List<CourseId>> Create(RosterWork work, CancellationToken ct)
    {
        var created = work.Of<RosterCourse>(RosterKind.Course, RosterAction.Create);
        if (created.Count == 0) return [];
        var root = (await people.RootAccount(ct)).Value;
        var zone = await db.Value<string>($"SELECT time_zone FROM people WHERE tenant_id = {db.Tenant} AND user_id = {actor.Person}",
            ct) ?? "UTC";
        var made = await db.Query<RosterWork.Made>($"""
            INSERT INTO courses (tenant_id, sis_id, account_id, term_id, code, title, search_text, status, starts_at, ends_at, published_at,
                concluded_at,
                                 time_zone, created_at, created_by)
            SELECT {db.Tenant}, t.sis, t.account, t.term, t.code, t.title, lower(t.code || ' ' || t.title), t.status, t.starts, t.ends,
                   CASE WHEN t.status <> 'draft' THEN {db.Now} END, CASE WHEN t.status = 'concluded' THEN {db.Now} END, {zone}, {db.Now},
                       {actor.Person}
            FROM unnest({created.Column(item => item.CourseId)},
                {created.Column(item => RosterWork.Find(work.Accounts, item.AccountId) ?? root)},
                        {created.Column(item => RosterWork.Find(work.Terms, item.TermId))},
                        {created.Column(item => item.Code ?? item.CourseId)},
                        {created.Column(item => item.Title ?? item.Code ?? item.CourseId)}, {created.Column(item => Status(item.Status))},
                        {created.Instants(item => item.StartsAt)}, {created.Instants(item => item.EndsAt)})
                 AS t(sis, account, term, code, title, status, starts, ends)
            RETURNING course_id AS id, sis_id
            """, ct);
        RosterWork.Learn(work.Courses, made);
        await db.Execute($"""
            INSERT INTO sections (tenant_id, course_id, home_course_id, name, is_default)
            SELECT {db.Tenant}, c.course_id, c.course_id, c.code, true FROM courses c
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = ANY ({made.Select(one => one.Id).ToArray()})
            """, ct);
        foreach (var (_, item) in created)
        {
            db.Raise(new CourseCreated(new CourseId(work.Courses[item.CourseId]), item.Label));
            if (Status(item.Status) is not CourseStatus.Draft and var status)
                db.Raise(new CourseStatusChanged(new CourseId(work.Courses[item.CourseId]), Word(status)));
        }

        return made.ConvertAll(one => new CourseId(one.Id));
    }

    private async Task Update(RosterWork work, List<(RosterStep Step, RosterCourse Item)> changed, CancellationToken ct)
    {
        if (changed.Count == 0) return;
        var moves = changed.ConvertAll(one => one.Step.Changes.Any(change => change.Field == "status") ? Word(Status(one.Item.Status))
            : null);
        await db.Execute($"""
            UPDATE courses c SET account_id = COALESCE(t.account, c.account_id), term_id = COALESCE(t.term, c.term_id),
                code = COALESCE(t.code, c.code),
                   title = COALESCE(t.title, c.title), search_text = lower(COALESCE(t.code, c.code) || ' ' || COALESCE(t.title, c.title)),
                   starts_at = COALESCE(t.starts, c.starts_at), ends_at = COALESCE(t.ends, c.ends_at),
                       status = COALESCE(t.status, c.status),
                   published_at = CASE WHEN t.status = 'draft' THEN NULL WHEN t.status IS NULL THEN c.published_at
                       ELSE COALESCE(c.published_at, {db.Now}) END,
                   concluded_at = CASE WHEN t.status IS NULL THEN c.concluded_at WHEN t.status = 'concluded'
                       THEN COALESCE(c.concluded_at, {db.Now}) END,
                   version = c.version + 1
            FROM unnest({changed.Targets()}, {changed.Column(item => RosterWork.Find(work.Accounts, item.AccountId))},
                        {changed.Column(item => RosterWork.Find(work.Terms, item.TermId))}, {changed.Column(item => item.Code)},
                        {changed.Column(item => item.Title)},
                        {moves.ToArray()}, {changed.Instants(item => item.StartsAt)}, {changed.Instants(item => item.EndsAt)})
                 AS t(id, account, term, code, title, status, starts, ends)
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = t.id
            """, ct);
        for (var at = 0; at < changed.Count; at++)
            if (moves[at] is { } status) db.Raise(new CourseStatusChanged(new CourseId(changed[at].Step.TargetId!.Value), status));
    }

    /// <summary>Ends courses: everybody goes out, and nothing is known at that place any more. Sections and work stay stored.</summary>
    private async Task End(List<CourseId> ended, CancellationToken ct)
    {
        if (ended.Count == 0) return;
        await enrollments.Remove(await db.Query<EnrollmentId>($"""
            SELECT enrollment_id FROM enrollments WHERE tenant_id = {db.Tenant} AND course_id = ANY ({ended.ToArray()})
                AND state <> 'deleted'
            """, ct), ct);
        await db.Execute($"""
            UPDATE courses SET status = 'deleted', opens_at = NULL, closes_at = NULL, version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = ANY ({ended.ToArray()})
            """, ct);
        await grants.Remove(ended.ConvertAll(CourseStore.ScopeOf), ct);
        foreach (var course in ended) db.Raise(new CourseStatusChanged(course, "deleted"));
    }

    private static CourseStatus Status(RosterStatus status) => status switch
    {
        RosterStatus.Published => CourseStatus.Published,
        RosterStatus.Completed => CourseStatus.Concluded,
        _ => CourseStatus.Draft,
    };

    private static string Word(CourseStatus status) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());
}
