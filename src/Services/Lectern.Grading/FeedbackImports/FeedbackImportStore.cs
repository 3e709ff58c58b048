using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Grading.FeedbackImports;

/// <summary>ZIP files of feedback that were sent, and what is in them.</summary>
internal sealed class FeedbackImportStore(TenantDb db, Actor actor)
{
    private const int RowsAtOnce = 5_000;

    public Task<FeedbackImport?> Find(AssignmentId assignment, FeedbackImportId import, CancellationToken ct) =>
        db.Find<FeedbackImport>($"""
            {Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.assignment_id = {assignment} AND i.feedback_import_id = {import}
            """, ct);

    public Task<FeedbackImport?> Peek(FeedbackImportId import, CancellationToken ct) => db.Find<FeedbackImport>(
        $"{Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.feedback_import_id = {import}", ct);

    /// <summary>The import, held until the unit of work ends, so that two cannot apply it at once.</summary>
    public async Task<FeedbackImport?> Hold(FeedbackImportId import, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<FeedbackImport>(
            $"{Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.feedback_import_id = {import} FOR UPDATE OF i", ct);
    }

    public Task<List<FeedbackImport>> List(AssignmentId assignment, PageRequest page, CancellationToken ct) => db.Query<FeedbackImport>($"""
        {Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.assignment_id = {assignment}
        {Sql.When(page.AfterId > 0, $"AND i.feedback_import_id < {page.AfterId}")}
        ORDER BY i.feedback_import_id DESC LIMIT {page.Rows}
        """, ct);

    public Task<List<FeedbackFile>> Files(FeedbackImportId import, FeedbackFileKind? kind, PageRequest page, CancellationToken ct) =>
        db.Query<FeedbackFile>($"""
            {Sql.Raw(FileColumns)} WHERE f.tenant_id = {db.Tenant} AND f.feedback_import_id = {import} AND f.row_no > {page.AfterId}
            {Sql.When(kind is not null, $"AND f.kind = {kind}")} ORDER BY f.row_no LIMIT {page.Rows}
            """, ct);

    /// <summary>The first of those a person has to say something about.</summary>
    public Task<List<string>> InDoubt(FeedbackImportId import, int most, CancellationToken ct) => db.Query<string>($"""
        SELECT f.path FROM feedback_import_files f WHERE f.tenant_id = {db.Tenant} AND f.feedback_import_id = {import}
            AND f.kind IN ('unknown', 'duplicate', 'wrong_type') ORDER BY f.row_no LIMIT {most}
        """, ct);

    /// <summary>Those that are to be stored by themselves yet.</summary>
    public Task<List<FeedbackFile>> Unstored(FeedbackImportId import, int most, CancellationToken ct) => db.Query<FeedbackFile>($"""
        {Sql.Raw(FileColumns)} WHERE f.tenant_id = {db.Tenant} AND f.feedback_import_id = {import} AND f.kind = 'recognised'
            AND f.file_id IS NULL ORDER BY f.row_no LIMIT {most}
        """, ct);

    /// <summary>Those that are stored.</summary>
    public Task<List<FeedbackFile>> Stored(FeedbackImportId import, CancellationToken ct) => db.Query<FeedbackFile>($"""
        {Sql.Raw(FileColumns)} WHERE f.tenant_id = {db.Tenant} AND f.feedback_import_id = {import} AND f.file_id IS NOT NULL
        ORDER BY f.row_no
        """, ct);

    public async Task<FeedbackImportId> Insert(
        CourseId course, AssignmentId assignment, FileLink file, DateTimeOffset until, CancellationToken ct)
    {
        var id = await db.Get<FeedbackImportId>($"""
            INSERT INTO feedback_imports (tenant_id, course_id, assignment_id, file_name, size_bytes, file_id, state, summary, created_at,
                created_by)
            VALUES ({db.Tenant}, {course}, {assignment}, {file.Name}, {file.SizeBytes}, {file.FileId}, 'planning',
                {Sql.Json(new FeedbackSummary())}, {db.Now}, {actor.Person})
            RETURNING feedback_import_id
            """, ct);
        db.Enqueue(new ExpireFeedbackImport(id), new JobOptions { Priority = JobPriority.Bulk, RunAt = until, MaxAttempts = 100 });
        return id;
    }

    /// <summary>Asks for the next step. Steps of one assignment follow each other.</summary>
    public async Task Next<TJob>(FeedbackImportId import, AssignmentId assignment, TJob job, FeedbackState state, CancellationToken ct)
        where TJob : IJob
    {
        var id = db.Enqueue(job, new JobOptions
        {
            Priority = JobPriority.Now, MaxAttempts = 3, OrderKey = $"feedback-import/{db.Tenant}/{assignment.Value}",
        });
        await db.Execute($"""
            UPDATE feedback_imports SET state = {state}, job_id = {id.Value}
            WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
            """, ct);
    }

    public async Task SavePlan(FeedbackImportId import, IReadOnlyList<FeedbackFile> files, CancellationToken ct)
    {
        foreach (var rows in files.Chunk(RowsAtOnce)) await Insert(import, rows, ct);
        await Save(import, FeedbackState.Planned, SummaryOf(files), ct);
    }

    public Task Refuse(FeedbackImportId import, string code, string because, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_imports SET state = 'refused', refusal_code = {code}, refusal = {because}, file_id = NULL
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
        """, ct);

    /// <summary>Remembers where files are stored by themselves.</summary>
    public Task MarkStored(FeedbackImportId import, IReadOnlyCollection<(int RowNo, FileId File)> stored, CancellationToken ct) =>
        db.Execute($"""
            UPDATE feedback_import_files f SET file_id = t.file_id
            FROM unnest({stored.Select(one => one.RowNo).ToArray()}, {stored.Select(one => one.File).ToArray()}) AS t(row_no, file_id)
            WHERE f.tenant_id = {db.Tenant} AND f.feedback_import_id = {import} AND f.row_no = t.row_no
            """, ct);

    /// <summary>What has come to stand with the work since it was looked through.</summary>
    public Task MarkStanding(FeedbackImportId import, IReadOnlyCollection<int> rows, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_import_files SET kind = 'standing', file_id = NULL
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import} AND row_no = ANY ({rows.ToArray()})
        """, ct);

    public Task Save(FeedbackImportId import, FeedbackState state, FeedbackSummary summary, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_imports SET state = {state}, summary = {Sql.Json(summary)}
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
        """, ct);

    public Task MarkApplied(FeedbackImportId import, FeedbackSummary summary, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_imports SET state = 'applied', applied_at = {db.Now}, applied_by = {actor.Person}, summary = {Sql.Json(summary)},
            file_id = NULL
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
        """, ct);

    public Task MarkReversed(FeedbackImportId import, FeedbackSummary summary, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_imports SET state = 'reversed', reversed_at = {db.Now}, reversed_by = {actor.Person}, summary = {Sql.Json(summary)}
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
        """, ct);

    public Task MarkExpired(FeedbackImportId import, CancellationToken ct) => db.Execute($"""
        UPDATE feedback_imports SET state = 'expired', file_id = NULL
        WHERE tenant_id = {db.Tenant} AND feedback_import_id = {import}
        """, ct);

    private static FeedbackSummary SummaryOf(IReadOnlyList<FeedbackFile> files)
    {
        int Count(FeedbackFileKind kind) => files.Count(file => file.Kind == kind);
        return new(
            Count(FeedbackFileKind.Recognised), Count(FeedbackFileKind.Unknown), Count(FeedbackFileKind.Duplicate),
            Count(FeedbackFileKind.WrongType), Count(FeedbackFileKind.Standing));
    }

    private Task Insert(FeedbackImportId import, IReadOnlyList<FeedbackFile> rows, CancellationToken ct)
    {
        var sent = rows.Select(row => new
        {
            row.RowNo, row.EntryNo, row.Path, row.Name, row.Kind, row.SubmissionId, row.UserId, row.SizeBytes, row.Sha256, row.Code,
            row.Reason,
        });
        return db.Execute($"""
            INSERT INTO feedback_import_files (tenant_id, feedback_import_id, row_no, entry_no, path, name, kind, submission_id, user_id,
                size_bytes, sha256, code, reason)
            SELECT {db.Tenant}, {import}, t.row_no, t.entry_no, t.path, t.name, t.kind, t.submission_id, t.user_id, t.size_bytes, t.sha256,
                t.code, t.reason
            FROM jsonb_to_recordset({new JsonValue(JsonSerializer.Serialize(sent, LecternJson.Options))}) AS t(row_no int, entry_no int,
                path text, name text, kind text, submission_id bigint, user_id bigint, size_bytes bigint, sha256 text, code text,
                reason text)
            """, ct);
    }

    private const string Columns = """
        SELECT i.feedback_import_id, i.course_id, i.assignment_id, i.file_name, i.size_bytes, i.state, i.summary, i.refusal_code, i.refusal,
            i.job_id, i.created_at, i.created_by, p.name AS created_by_name, i.applied_at, i.reversed_at, i.file_id
        FROM feedback_imports i LEFT JOIN people p ON p.tenant_id = i.tenant_id AND p.user_id = i.created_by
        """;

    private const string FileColumns = """
        SELECT f.row_no, f.kind, f.path, f.name, f.submission_id, f.user_id, p.name AS learner, f.size_bytes, f.code, f.reason, f.entry_no,
            f.sha256, f.file_id
        FROM feedback_import_files f LEFT JOIN people p ON p.tenant_id = f.tenant_id AND p.user_id = f.user_id
        """;
}
