using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Grading.SubmissionDownloads;

/// <summary>Which work was asked for as files, by whom, and what became of it.</summary>
internal sealed class SubmissionDownloadStore(TenantDb db, Actor actor)
{
    public Task<SubmissionDownload?> Find(AssignmentId assignment, SubmissionDownloadId download, CancellationToken ct) =>
        db.Find<SubmissionDownload>($"""
            {Sql.Raw(Columns)} WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment}
                AND d.submission_download_id = {download}
            """, ct);

    public Task<SubmissionDownload?> Peek(SubmissionDownloadId download, CancellationToken ct) => db.Find<SubmissionDownload>(
        $"{Sql.Raw(Columns)} WHERE d.tenant_id = {db.Tenant} AND d.submission_download_id = {download}", ct);

    /// <summary>The download, held until the unit of work ends.</summary>
    public async Task<SubmissionDownload?> Hold(SubmissionDownloadId download, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<SubmissionDownload>(
            $"{Sql.Raw(Columns)} WHERE d.tenant_id = {db.Tenant} AND d.submission_download_id = {download} FOR UPDATE OF d", ct);
    }

    public Task<List<SubmissionDownload>> List(AssignmentId assignment, PageRequest page, CancellationToken ct) =>
        db.Query<SubmissionDownload>($"""
            {Sql.Raw(Columns)} WHERE d.tenant_id = {db.Tenant} AND d.assignment_id = {assignment}
            {Sql.When(page.AfterId > 0, $"AND d.submission_download_id < {page.AfterId}")}
            ORDER BY d.submission_download_id DESC LIMIT {page.Rows}
            """, ct);

    /// <summary>Writes down that somebody wants it, and asks for the first part.</summary>
    public async Task<SubmissionDownloadId> Ask(CourseId course, AssignmentId assignment, CancellationToken ct)
    {
        var id = await db.Get<SubmissionDownloadId>($"""
            INSERT INTO submission_downloads (tenant_id, course_id, assignment_id, created_at, created_by)
            VALUES ({db.Tenant}, {course}, {assignment}, {db.Now}, {actor.Person}) RETURNING submission_download_id
            """, ct);
        await Next(id, assignment, 0, ct);
        return id;
    }

    /// <summary>Asks for the next part. Downloads of one assignment follow each other; whoever clicks ten times waits alone.</summary>
    public async Task Next(SubmissionDownloadId download, AssignmentId assignment, long after, CancellationToken ct)
    {
        var job = db.Enqueue(new DownloadSubmissions(download, after), new JobOptions
        {
            Priority = JobPriority.Bulk, MaxAttempts = 3, OrderKey = $"submission-download/{db.Tenant}/{assignment.Value}",
        });
        await db.Execute($"""
            UPDATE submission_downloads SET job_id = {job.Value}
            WHERE tenant_id = {db.Tenant} AND submission_download_id = {download}
            """, ct);
    }

    public Task AddPart(SubmissionDownloadId download, FileId file, WrittenPart part, CancellationToken ct) => db.Execute($"""
        UPDATE submission_downloads SET file_ids = file_ids || {file}, submissions = submissions + {part.Submissions},
            files = files + {part.Files}, left_out = left_out + {part.LeftOut}
        WHERE tenant_id = {db.Tenant} AND submission_download_id = {download}
        """, ct);

    /// <summary>All parts are there; asks for their removal when their time is over.</summary>
    public async Task MarkReady(SubmissionDownloadId download, DateTimeOffset until, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE submission_downloads SET state = 'ready', ready_at = {db.Now}, expires_at = {until}
            WHERE tenant_id = {db.Tenant} AND submission_download_id = {download}
            """, ct);
        db.Enqueue(
            new ExpireSubmissionDownload(download), new JobOptions { Priority = JobPriority.Bulk, RunAt = until, MaxAttempts = 100 });
    }

    public Task MarkExpired(SubmissionDownloadId download, CancellationToken ct) => db.Execute($"""
        UPDATE submission_downloads SET state = 'expired', file_ids = DEFAULT
        WHERE tenant_id = {db.Tenant} AND submission_download_id = {download}
        """, ct);

    private const string Columns = """
        SELECT d.submission_download_id, d.course_id, d.assignment_id, d.state, d.job_id, d.submissions, d.files AS file_count, d.left_out,
            d.created_at, d.created_by, p.name AS created_by_name, d.ready_at, d.expires_at, d.file_ids
        FROM submission_downloads d LEFT JOIN people p ON p.tenant_id = d.tenant_id AND p.user_id = d.created_by
        """;
}
