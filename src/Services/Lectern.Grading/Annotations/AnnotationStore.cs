using System.Globalization;
using System.Text;
using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Submissions;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Storage;

namespace Lectern.Grading.Annotations;

/// <summary>Annotations on learners' work.</summary>
internal sealed class AnnotationStore(TenantDb db, Actor actor)
{
    /// <summary>For how long what was taken away can be had back.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public Task<Annotation?> Find(AnnotationId id, CancellationToken ct) => db.Find<Annotation>($"""
        SELECT {Sql.Raw(Annotation.Columns)} FROM annotations n
        LEFT JOIN people p ON p.tenant_id = n.tenant_id AND p.user_id = n.author_id
        WHERE n.tenant_id = {db.Tenant} AND n.annotation_id = {id}
        """, ct);

    /// <summary>
    /// Annotations of an attempt in the order of the work, by <c>annotations_by_work</c>. Who made it together has copies of the same
    /// work, so what is marked in one is marked in all.
    /// </summary>
    public Task<List<Annotation>> Page(Submission work, AnnotationWish wish, PageRequest page, CancellationToken ct)
    {
        var (file, sheet, place, id) = After(page.After);
        Sql alone = $"n.submission_id = {work.SubmissionId}";
        Sql together = $"""
            n.submission_id = ANY (ARRAY(SELECT s.submission_id FROM submissions s
                WHERE s.tenant_id = {db.Tenant} AND s.group_submission_id = {work.GroupSubmissionId}))
            """;
        return db.Query<Annotation>($"""
            SELECT {Sql.Raw(Annotation.Columns)} FROM annotations n
            LEFT JOIN people p ON p.tenant_id = n.tenant_id AND p.user_id = n.author_id
            WHERE n.tenant_id = {db.Tenant} AND {(work.GroupSubmissionId is null ? alone : together)} AND n.deleted_at IS NULL
                AND (n.file_id, n.page, n.place, n.annotation_id) > ({file}, {sheet}, {place}, {id})
                {Sql.When(wish.OnlyOwn, $"AND n.author_id = {actor.UserId}")}
                {Sql.When(wish.File is not null, $"AND n.file_id = {wish.File}")}
                {Sql.When(wish.FromPage is not null, $"AND n.page >= {wish.FromPage}")}
                {Sql.When(wish.ToPage is not null, $"AND n.page <= {wish.ToPage}")}
            ORDER BY n.file_id, n.page, n.place, n.annotation_id LIMIT {page.Rows}
            """, ct);
    }

    /// <summary>Keeps a new one; null when the attempt has as much as it may have.</summary>
    public async Task<Annotation?> Add(CourseId course, SubmissionId work, NewAnnotation made, CancellationToken ct)
    {
        await db.Begin(ct);
        await db.Execute($"""
            DELETE FROM annotations WHERE tenant_id = {db.Tenant} AND submission_id = {work} AND deleted_at < {db.Now - Kept}
            """, ct);
        var target = JsonSerializer.Serialize(made.Where.Target, LecternJson.Options);
        var size = Encoding.UTF8.GetByteCount(made.Body) + Encoding.UTF8.GetByteCount(target);
        // What was taken away counts until it is gone, or making and taking away would fill the table.
        var id = await db.Value<long?>($"""
            INSERT INTO annotations (tenant_id, course_id, submission_id, file_id, page, place, kind, body, target, size_bytes, author_id,
                created_at, changed_at)
            SELECT {db.Tenant}, {course}, {work}, {made.File.Value}, {made.Where.Page}, {made.Where.Place}, {made.Kind}, {made.Body},
                {target}::jsonb, {size}, {actor.UserId}, {db.Now}, {db.Now}
            FROM (SELECT count(*) AS many, COALESCE(sum(size_bytes), 0) AS bytes FROM annotations
                WHERE tenant_id = {db.Tenant} AND submission_id = {work}) had
            WHERE had.many < {Annotation.MostOnWork} AND had.bytes + {size} <= {Annotation.MostBytesOnWork}
            RETURNING annotation_id
            """, ct);
        return id is { } added ? await Find(new AnnotationId(added), ct) : null;
    }

    /// <summary>Says something else of the place, if it still is as it was seen.</summary>
    public async Task<bool> Say(AnnotationId id, string body, int seen, CancellationToken ct) => await db.Execute($"""
        UPDATE annotations SET body = {body}, size_bytes = size_bytes - octet_length(body) + octet_length({body}::text),
            changed_at = {db.Now}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND annotation_id = {id} AND version = {seen} AND deleted_at IS NULL
        """, ct) == 1;

    /// <summary>Takes it away, or back, if it still is as it was seen.</summary>
    public async Task<bool> Delete(AnnotationId id, bool deleted, int seen, CancellationToken ct)
    {
        DateTimeOffset? at = deleted ? db.Now : null;
        return await db.Execute($"""
            UPDATE annotations SET deleted_at = {at}::timestamptz, changed_at = {db.Now}, version = version + 1
            WHERE tenant_id = {db.Tenant} AND annotation_id = {id} AND version = {seen} AND (deleted_at IS NULL) = {deleted}
            """, ct) == 1;
    }

    private static (long File, int Sheet, int Place, long Id) After(string? cursor)
    {
        var parts = cursor?.Split(' ') ?? [];
        return parts.Length == 4 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var file)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var sheet)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var place)
            && long.TryParse(parts[3], CultureInfo.InvariantCulture, out var id) ? (file, sheet, place, id) : (-1, 0, 0, 0);
    }
}

/// <summary>Which annotations are wanted; of text that was typed the file is 0.</summary>
internal sealed record AnnotationWish(long? File, int? FromPage, int? ToPage, bool OnlyOwn = false);

/// <summary>An annotation that is to be made.</summary>
internal sealed record NewAnnotation(FileId File, AnnotationKind Kind, string Body, AnnotationPlace Where);
