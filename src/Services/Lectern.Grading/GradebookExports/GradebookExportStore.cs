using Lectern.Contracts.Courses;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Grading.GradebookExports;

/// <summary>Which files of grades were asked for, by whom, and what became of them.</summary>
internal sealed class GradebookExportStore(TenantDb db, Actor actor)
{
    public Task<GradebookExport?> Find(CourseId course, GradebookExportId export, CancellationToken ct) => db.Find<GradebookExport>($"""
        {Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.course_id = {course} AND e.gradebook_export_id = {export}
        """, ct);

    public Task<GradebookExport?> Peek(GradebookExportId export, CancellationToken ct) => db.Find<GradebookExport>(
        $"{Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.gradebook_export_id = {export}", ct);

    /// <summary>The export, held until the unit of work ends.</summary>
    public async Task<GradebookExport?> Hold(GradebookExportId export, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<GradebookExport>(
            $"{Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.gradebook_export_id = {export} FOR UPDATE OF e", ct);
    }

    public Task<List<GradebookExport>> List(CourseId course, PageRequest page, CancellationToken ct) => db.Query<GradebookExport>($"""
        {Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.course_id = {course}
        {Sql.When(page.AfterId > 0, $"AND e.gradebook_export_id < {page.AfterId}")}
        ORDER BY e.gradebook_export_id DESC LIMIT {page.Rows}
        """, ct);

    /// <summary>Writes down that somebody wants it, and asks for the work.</summary>
    public async Task<GradebookExportId> Ask(CourseId course, CreateGradebookExport.Request wanted, CancellationToken ct)
    {
        await db.Begin(ct);
        var id = await db.Get<GradebookExportId>($"""
            INSERT INTO gradebook_exports (tenant_id, course_id, format, total, store_code, section_ids, created_at, created_by)
            VALUES ({db.Tenant}, {course}, {wanted.Format!.Value}, {wanted.Total ?? ExportTotal.Final}, {wanted.StoreCode}::text,
                {wanted.SectionIds ?? []}, {db.Now}, {actor.Person})
            RETURNING gradebook_export_id
            """, ct);
        // One course's exports follow each other; whoever clicks ten times waits, and nobody else does.
        var job = db.Enqueue(new ExportGradebook(id), new JobOptions
        {
            Priority = JobPriority.Bulk, MaxAttempts = 3, OrderKey = $"gradebook-export/{db.Tenant}/{course.Value}",
        });
        await db.Execute(
            $"UPDATE gradebook_exports SET job_id = {job.Value} WHERE tenant_id = {db.Tenant} AND gradebook_export_id = {id}", ct);
        return id;
    }

    /// <summary>The file is there; asks for its removal when its time is over.</summary>
    public async Task MarkReady(GradebookExportId export, FileId file, WrittenFile written, DateTimeOffset until, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE gradebook_exports SET state = 'ready', file_id = {file}, learners = {written.Learners}, left_out = {written.LeftOut},
                course_version = {written.CourseVersion}, ready_at = {db.Now}, expires_at = {until}
            WHERE tenant_id = {db.Tenant} AND gradebook_export_id = {export}
            """, ct);
        db.Enqueue(new ExpireGradebookExport(export), new JobOptions { Priority = JobPriority.Bulk, RunAt = until, MaxAttempts = 100 });
    }

    public Task MarkExpired(GradebookExportId export, CancellationToken ct) => db.Execute($"""
        UPDATE gradebook_exports SET state = 'expired', file_id = NULL
        WHERE tenant_id = {db.Tenant} AND gradebook_export_id = {export}
        """, ct);

    private const string Columns = """
        SELECT e.gradebook_export_id, e.course_id, e.format, e.total, e.store_code, e.section_ids, e.state, e.job_id, e.learners,
            e.left_out, e.course_version, e.created_at, e.created_by, p.name AS created_by_name, e.ready_at, e.expires_at, e.file_id
        FROM gradebook_exports e LEFT JOIN people p ON p.tenant_id = e.tenant_id AND p.user_id = e.created_by
        """;
}

/// <summary>What was written.</summary>
internal sealed record WrittenFile(int Learners, int LeftOut, long CourseVersion);
