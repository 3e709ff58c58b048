using System.Text.Json;
using Lectern.Contracts.Courses;
using Lectern.Grading.Grades;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.GradebookImports;

/// <summary>Files of grades that were sent, and the rows of their plans.</summary>
internal sealed class GradebookImportStore(TenantDb db, Actor actor)
{
    private const int RowsAtOnce = 5_000;

    public Task<GradebookImport?> Find(CourseId course, GradebookImportId import, CancellationToken ct) => db.Find<GradebookImport>($"""
        {Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.course_id = {course} AND i.gradebook_import_id = {import}
        """, ct);

    /// <summary>The import, held until the unit of work ends, so that two cannot apply it at once.</summary>
    public async Task<GradebookImport?> Hold(GradebookImportId import, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<GradebookImport>(
            $"{Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.gradebook_import_id = {import} FOR UPDATE OF i", ct);
    }

    public Task<List<GradebookImport>> List(CourseId course, PageRequest page, CancellationToken ct) => db.Query<GradebookImport>($"""
        {Sql.Raw(Columns)} WHERE i.tenant_id = {db.Tenant} AND i.course_id = {course}
        {Sql.When(page.AfterId > 0, $"AND i.gradebook_import_id < {page.AfterId}")}
        ORDER BY i.gradebook_import_id DESC LIMIT {page.Rows}
        """, ct);

    public Task<List<ImportRow>> Rows(GradebookImportId import, ImportRowKind? kind, PageRequest page, CancellationToken ct) =>
        db.Query<ImportRow>($"""
            {Sql.Raw(RowColumns)} WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import} AND row_no > {page.AfterId}
            {Sql.When(kind is not null, $"AND kind = {kind}")} ORDER BY row_no LIMIT {page.Rows}
            """, ct);

    /// <summary>Everything that was chosen.</summary>
    public Task<List<ImportRow>> Taken(GradebookImportId import, CancellationToken ct) => db.Query<ImportRow>($"""
        {Sql.Raw(RowColumns)} WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import} AND taken ORDER BY row_no
        """, ct);

    public Task<GradebookImportId> Insert(CourseId course, FileLink file, CancellationToken ct) => db.Get<GradebookImportId>($"""
        INSERT INTO gradebook_imports (tenant_id, course_id, file_name, size_bytes, file_id, state, summary, created_at, created_by)
        VALUES ({db.Tenant}, {course}, {file.Name}, {file.SizeBytes}, {file.FileId}, 'planning', {Sql.Json(new ImportSummary())}, {db.Now},
            {actor.Person})
        RETURNING gradebook_import_id
        """, ct);

    /// <summary>Asks for the next step. Steps of one course follow each other.</summary>
    public async Task<JobId> Next<TJob>(GradebookImport import, TJob job, ImportState state, CancellationToken ct) where TJob : IJob
    {
        var id = db.Enqueue(job, new JobOptions
        {
            Priority = JobPriority.Now, MaxAttempts = 3, OrderKey = $"gradebook-import/{db.Tenant}/{import.CourseId.Value}",
        });
        await db.Execute($"""
            UPDATE gradebook_imports SET state = {state}, job_id = {id.Value}
            WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import.GradebookImportId}
            """, ct);
        return id;
    }

    /// <summary>Keeps the comparison. The file itself is not needed any more.</summary>
    public async Task SavePlan(GradebookImportId import, ImportPlan plan, CancellationToken ct)
    {
        foreach (var rows in plan.Rows.Chunk(RowsAtOnce)) await Insert(import, rows, ct);
        await db.Execute($"""
            UPDATE gradebook_imports SET state = 'planned', summary = {Sql.Json(plan.Summary)}, file_id = NULL
            WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import}
            """, ct);
    }

    public Task Refuse(GradebookImportId import, string code, string because, CancellationToken ct) => db.Execute($"""
        UPDATE gradebook_imports SET state = 'refused', refusal_code = {code}, refusal = {because}, file_id = NULL
        WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import}
        """, ct);

    /// <summary>Marks what is to be applied: all that changed, conflicts as they were decided, and single rows otherwise.</summary>
    public async Task<int> Choose(
        GradebookImportId import, bool conflicts, IEnumerable<CreateImportApplication.Choice> single, CancellationToken ct)
    {
        // The last word on a row counts.
        var choices = single.GroupBy(choice => choice.RowNo).Select(of => of.Last()).ToList();
        await db.Execute($"""
            UPDATE gradebook_import_rows SET taken = (kind = 'changed' OR {conflicts})
            WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import} AND kind IN ('changed', 'conflict')
            """, ct);
        await db.Execute($"""
            UPDATE gradebook_import_rows r SET taken = t.take
            FROM unnest({choices.Select(choice => choice.RowNo).ToArray()}, {choices.Select(choice => choice.Take).ToArray()})
                AS t(row_no, take)
            WHERE r.tenant_id = {db.Tenant} AND r.gradebook_import_id = {import} AND r.row_no = t.row_no
                AND r.kind IN ('changed', 'conflict')
            """, ct);
        return await db.Get<int>($"""
            SELECT count(*)::int FROM gradebook_import_rows WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import} AND taken
            """, ct);
    }

    /// <summary>Remembers which version each row made of its grade, in the order in which they were recorded.</summary>
    public Task Made(GradebookImportId import, List<ImportRow> rows, IReadOnlyList<RecordedGrade> made, CancellationToken ct) =>
        db.Execute($"""
            UPDATE gradebook_import_rows r SET made_version = t.version
            FROM unnest({rows.Select(row => row.RowNo).ToArray()}, {made.Select(grade => grade.Version).ToArray()}) AS t(row_no, version)
            WHERE r.tenant_id = {db.Tenant} AND r.gradebook_import_id = {import} AND r.row_no = t.row_no
            """, ct);

    public Task MarkApplied(GradebookImportId import, ImportSummary summary, CancellationToken ct) => db.Execute($"""
        UPDATE gradebook_imports SET state = 'applied', applied_at = {db.Now}, applied_by = {actor.Person}, summary = {Sql.Json(summary)}
        WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import}
        """, ct);

    public Task MarkOutdated(GradebookImportId import, CancellationToken ct) => db.Execute($"""
        UPDATE gradebook_imports SET state = 'outdated' WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import}
        """, ct);

    public Task MarkReversed(GradebookImportId import, ImportSummary summary, CancellationToken ct) => db.Execute($"""
        UPDATE gradebook_imports SET state = 'reversed', reversed_at = {db.Now}, reversed_by = {actor.Person},
            summary = {Sql.Json(summary)}
        WHERE tenant_id = {db.Tenant} AND gradebook_import_id = {import}
        """, ct);

    // As JSON, because a row has more columns than parameters should be.
    private Task Insert(GradebookImportId import, IReadOnlyList<ImportRow> rows, CancellationToken ct) => db.Execute($"""
        INSERT INTO gradebook_import_rows (tenant_id, gradebook_import_id, row_no, kind, line, learner, user_id, column_name, assignment_id,
            value, score, excused, current_score, current_excused, seen_known, seen_score, seen_excused, version, code, reason)
        SELECT {db.Tenant}, {import}, t.row_no, t.kind, t.line, t.learner, t.user_id, t.column_name, t.assignment_id, t.value, t.score,
            t.excused, t.current_score, t.current_excused, t.seen_known, t.seen_score, t.seen_excused, t.version, t.code, t.reason
        FROM jsonb_to_recordset({new JsonValue(Text(rows))}) AS t(row_no int, kind text, line int, learner text, user_id bigint,
            column_name text, assignment_id bigint, value text, score numeric, excused boolean, current_score numeric,
            current_excused boolean, seen_known boolean, seen_score numeric, seen_excused boolean, version int, code text, reason text)
        """, ct);

    // A zero character is valid JSON and no text of the database's.
    private static string Text(IReadOnlyList<ImportRow> rows) =>
        JsonSerializer.Serialize(rows, LecternJson.Options).Replace("\\u0000", string.Empty, StringComparison.Ordinal);

    private const string Columns = """
        SELECT i.gradebook_import_id, i.course_id, i.file_name, i.size_bytes, i.state, i.summary, i.refusal_code, i.refusal, i.job_id,
            i.created_at, i.created_by, p.name AS created_by_name, i.applied_at, i.applied_by, i.reversed_at, i.reversed_by, i.file_id
        FROM gradebook_imports i LEFT JOIN people p ON p.tenant_id = i.tenant_id AND p.user_id = i.created_by
        """;

    private const string RowColumns = """
        SELECT row_no, kind, line, learner, user_id, column_name, assignment_id, value, score, excused, current_score, current_excused,
            seen_known, seen_score, seen_excused, version, code, reason, taken, made_version
        FROM gradebook_import_rows
        """;
}
