using Lectern.Contracts.Courses;
using Lectern.Courses.Courses;
using Lectern.Platform.Caching;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Sharing;
using Lectern.Platform.Tenancy;
using Microsoft.Extensions.Caching.Hybrid;

namespace Lectern.Courses.Terms;

/// <summary>A term as it is stored and shown.</summary>
internal sealed record Term(TermId TermId, string Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? SisId, int Version);

/// <summary>What a person may say about a term.</summary>
internal sealed record TermForm(string? Name, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt)
{
    internal Refusal? Refuses() => string.IsNullOrWhiteSpace(Name) || Name.Length > 255
        ? new Refusal("name_required", "A term needs a name of at most 255 characters.", "name")
        : Dates.Refuse(StartsAt, EndsAt);
}

/// <summary>The rows of terms.</summary>
internal sealed class TermStore(TenantDb db, CourseStore courses, HybridCache cache)
{
    internal static Refusal Unknown { get; } = new("term_unknown", "There is no such term.", "term_id");

    public Task<Term?> Find(TermId term, CancellationToken ct) => db.Find<Term>($"""
        {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND term_id = {term} AND state = 'active'
        """, ct);

    /// <summary>All terms, the latest first; cached, because every course picker asks and they change twice a year.</summary>
    public ValueTask<List<Term>> List(PageRequest page, CancellationToken ct) => cache.GetOrCreateAsync(
        CacheKey.Of(db.Tenant, KeySpace.Course, $"terms:{page.AfterId}:{page.Rows}"),
        async token => await db.Query<Term>($"""
            {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND state = 'active'
            {Sql.When(page.AfterId > 0, $"AND term_id < {page.AfterId}")} ORDER BY term_id DESC LIMIT {page.Rows}
            """, token),
        tags: [Tag(db.Tenant)], cancellationToken: ct);

    /// <summary>What is cached of the institution's terms.</summary>
    public static string Tag(TenantId tenant) => CacheKey.Of(tenant, KeySpace.Course, "terms");

    public async Task<TermId> Insert(TermForm form, CancellationToken ct)
    {
        await db.Begin(ct);
        db.Outdate(Tag(db.Tenant));
        return await db.Get<TermId>($"""
            INSERT INTO terms (tenant_id, name, starts_at, ends_at)
            VALUES ({db.Tenant}, {form.Name!.Trim()}, {form.StartsAt}::timestamptz, {form.EndsAt}::timestamptz) RETURNING term_id
            """, ct);
    }

    /// <summary>Writes a term and moves the courses that have no dates of their own; false when somebody else was faster.</summary>
    public async Task<bool> Update(TermId term, TermForm form, int seen, CancellationToken ct)
    {
        var changed = await db.Execute($"""
            UPDATE terms SET name = {form.Name!.Trim()}, starts_at = {form.StartsAt}::timestamptz, ends_at = {form.EndsAt}::timestamptz,
                version = version + 1
            WHERE tenant_id = {db.Tenant} AND term_id = {term} AND version = {seen} AND state = 'active'
            """, ct);
        if (changed == 0) return false;
        db.Outdate(Tag(db.Tenant));
        await courses.PlaceWindows(
            await db.Query<CourseId>($"SELECT course_id FROM courses WHERE tenant_id = {db.Tenant} AND term_id = {term} ORDER BY course_id",
            ct), ct);
        return true;
    }

    /// <summary>The term of that name, made when there is none.</summary>
    public async Task<TermId> Named(string name, CancellationToken ct)
    {
        await db.Begin(ct);
        var known = await db.Query<TermId>($"""
            SELECT term_id FROM terms WHERE tenant_id = {db.Tenant} AND name = {name} AND state = 'active' ORDER BY term_id LIMIT 1
            """, ct);
        return known.Count > 0 ? known[0] : await Insert(new TermForm(name, null, null), ct);
    }

    private const string Columns = "SELECT term_id, name, starts_at, ends_at, sis_id, version FROM terms";
}
