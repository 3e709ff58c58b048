using System.Text.RegularExpressions;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Identity;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;

namespace Lectern.Courses.Courses;

/// <summary>The rows of courses, and the dates that bind learners there.</summary>
internal sealed partial class CourseStore(TenantDb db, Grants grants, Access access, Actor actor)
{
    public static Scope ScopeOf(CourseId course) => Scope.Of("course", course.Value);

    public static Scope ScopeOf(AccountId account) => Scope.Of("account", account.Value);

    public Task<Course?> Find(CourseId course, CancellationToken ct) => db.Find<Course>($"""
        SELECT c.course_id, c.account_id, c.term_id, t.name AS term_name, c.code, c.title, c.description, c.status, c.starts_at, c.ends_at,
               c.opens_at, c.closes_at, c.time_zone, c.color, c.sis_id, c.created_at, c.version, c.credits, (
                   SELECT count(DISTINCT e.user_id)::int FROM enrollments e
                   WHERE e.tenant_id = {db.Tenant} AND e.course_id = c.course_id AND e.role = 'learner' AND e.state = 'active') AS learners
        FROM courses c LEFT JOIN terms t ON t.tenant_id = {db.Tenant} AND t.term_id = c.term_id
        WHERE c.tenant_id = {db.Tenant} AND c.course_id = {course} AND c.status <> 'deleted'
        """, ct);

    /// <summary>Courses the person may see, in order of code and title.</summary>
    public Task<List<CourseListed>> List(CourseFilter filter, PageRequest page, CancellationToken ct)
    {
        var (afterText, afterId) = page.AfterKey;
        return db.Query<CourseListed>($"""
            SELECT c.course_id, c.account_id, c.term_id, t.name AS term_name, c.code, c.title, c.status, c.opens_at, c.closes_at,
                c.time_zone, c.color,
                   c.version, c.search_text
            FROM courses c LEFT JOIN terms t ON t.tenant_id = {db.Tenant} AND t.term_id = c.term_id
            WHERE c.tenant_id = {db.Tenant} AND c.status <> 'deleted' AND (c.search_text, c.course_id) > ({afterText}, {afterId})
              AND {access.Filter(CoursesPermission.ReadCourse, "course", (Sql)$"c.course_id")}
              {Sql.When(filter.Mine, $"AND c.course_id = ANY ({MyCourses()})")}
              {Sql.When(filter.Search is not null, $"AND c.search_text LIKE {Contains(filter.Search ?? string.Empty)}")}
              {Sql.When(filter.TermId is not null, $"AND c.term_id = {filter.TermId}")}
              {Sql.When(filter.AccountId is not null, $"AND c.account_id = {filter.AccountId}")}
              {Sql.When(filter.Status is not null, $"AND c.status = {filter.Status}")}
            ORDER BY c.search_text, c.course_id LIMIT {page.Rows}
            """, ct);
    }

    /// <summary>The roles the person acting holds right at a course.</summary>
    public IReadOnlyList<Role> MyRoles(CourseId course) =>
        [.. actor.Roles.Where(held => held.Scope == ScopeOf(course)).Select(held => held.Role).Distinct().Order()];

    private long[] MyCourses() => [.. actor.Roles.Select(held => held.Scope.IdOf("course")).OfType<long>().Distinct()];

    /// <summary>Makes a course with its own section, as a draft.</summary>
    public async Task<(CourseId Course, SectionId Section)> Insert(CourseForm form, AccountId account, string? sisId, CancellationToken ct)
    {
        await db.Begin(ct);
        var (code, title) = (form.Code!.Trim(), form.Title!.Trim());
        var course = await db.Get<CourseId>($"""
            INSERT INTO courses (tenant_id, account_id, term_id, code, title, description, search_text, starts_at, ends_at, time_zone,
                color, credits, sis_id,
                                 created_at, created_by)
            VALUES ({db.Tenant}, {account}, {form.TermId}::bigint, {code}, {title}, {form.Description ?? string.Empty},
                {CourseForm.SearchText(code, title)},
                    {form.StartsAt}::timestamptz, {form.EndsAt}::timestamptz, {form.TimeZone ?? "UTC"}, {form.Color},
                    {form.Credits}::numeric, {sisId}, {db.Now},
                    {actor.UserId?.Value})
            RETURNING course_id
            """, ct);
        var section = await db.Get<SectionId>($"""
            INSERT INTO sections (tenant_id, course_id, home_course_id, name, is_default)
            VALUES ({db.Tenant}, {course}, {course}, {code}, true) RETURNING section_id
            """, ct);
        await PlaceWindows([course], ct);
        return (course, section);
    }

    /// <summary>Writes what a person said about a course; false when somebody else changed it since the version seen.</summary>
    public async Task<bool> Update(CourseId course, CourseForm form, int seen, CancellationToken ct)
    {
        var (code, title) = (form.Code!.Trim(), form.Title!.Trim());
        var changed = await db.Execute($"""
            UPDATE courses SET code = {code}, title = {title}, description = {form.Description ?? string.Empty},
                search_text = {CourseForm.SearchText(code, title)},
                   term_id = {form.TermId}::bigint, starts_at = {form.StartsAt}::timestamptz, ends_at = {form.EndsAt}::timestamptz,
                   time_zone = COALESCE({form.TimeZone}, time_zone), color = {form.Color},
                   credits = {form.Credits}::numeric, version = version + 1
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND version = {seen} AND status <> 'deleted'
            """, ct);
        if (changed == 1) await PlaceWindows([course], ct);
        return changed == 1;
    }

    /// <summary>Moves a course on, or back; false when somebody else changed it since the version seen.</summary>
    public async Task<bool> SetStatus(CourseId course, CourseStatus status, int seen, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE courses SET status = {status}, version = version + 1,
                   published_at = CASE WHEN {status} = 'draft' THEN NULL ELSE COALESCE(published_at, {db.Now}) END,
                   concluded_at = CASE WHEN {status} = 'concluded' THEN COALESCE(concluded_at, {db.Now}) END
            WHERE tenant_id = {db.Tenant} AND course_id = {course} AND version = {seen} AND status <> 'deleted'
            """, ct);
        if (changed == 1) await PlaceWindows([course], ct);
        return changed == 1;
    }

    /// <summary>
    /// Works out from when until when learners may be in these courses, and places the courses under their accounts with it. The
    /// course's own date counts before its term's; without a beginning a course opens when it is published, and it closes at the
    /// latest when it is concluded. This is the only place where these instants are made.
    /// </summary>
    public async Task PlaceWindows(IReadOnlyList<CourseId> courses, CancellationToken ct)
    {
        var ids = courses.ToArray();
        await db.Execute($"""
            UPDATE courses c SET opens_at = w.opens_at, closes_at = w.closes_at
            FROM (
                SELECT k.course_id,
                       CASE WHEN k.status IN ('published', 'concluded')
                            THEN LEAST(COALESCE(k.starts_at, t.starts_at, k.published_at), k.concluded_at) END AS opens_at,
                       CASE WHEN k.status IN ('published', 'concluded') THEN LEAST(COALESCE(k.ends_at, t.ends_at), k.concluded_at) END
                           AS closes_at
                FROM courses k LEFT JOIN terms t ON t.tenant_id = {db.Tenant} AND t.term_id = k.term_id AND t.state = 'active'
                WHERE k.tenant_id = {db.Tenant} AND k.course_id = ANY ({ids})) w
            WHERE c.tenant_id = {db.Tenant} AND c.course_id = w.course_id AND (c.opens_at, c.closes_at) IS DISTINCT
                FROM (w.opens_at, w.closes_at)
            """, ct);
        await grants.PlaceAll($"""
            SELECT 'course:' || course_id AS scope, 'account:' || account_id AS parent, opens_at, closes_at
            FROM courses WHERE tenant_id = {db.Tenant} AND course_id = ANY ({ids}) AND status <> 'deleted'
            """, ct);
    }

    /// <summary>Text to be found anywhere in a column; the pattern's own signs mean themselves.</summary>
    internal static string Contains(string text) => $"%{Special().Replace(text.Trim().ToLowerInvariant(), "\\$0")}%";

    [GeneratedRegex(@"[\\%_]")]
    private static partial Regex Special();
}

/// <summary>Which courses are wanted.</summary>
internal sealed record CourseFilter(string? Search, TermId? TermId, AccountId? AccountId, CourseStatus? Status, bool Mine);

/// <summary>A course in a list.</summary>
internal sealed record CourseListed(
    CourseId CourseId, AccountId AccountId, TermId? TermId, string? TermName, string Code, string Title, CourseStatus Status,
    DateTimeOffset? OpensAt,
    DateTimeOffset? ClosesAt, string TimeZone, string? Color, int Version,
    [property: System.Text.Json.Serialization.JsonIgnore] string SearchText)
{
    /// <summary>What the person asking is in this course.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];
}
