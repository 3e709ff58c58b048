using System.Text.Json;
using Lectern.Courses.Rosters;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Http;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;

namespace Lectern.Courses.RosterImports;

/// <summary>The rows of imports and of their previews.</summary>
internal sealed class RosterImportStore(TenantDb db, Actor actor)
{
    private const int RowsAtOnce = 5000;

    public Task<RosterImport?> Find(RosterImportId import, CancellationToken ct) =>
        db.Find<RosterImport>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND roster_import_id = {import}", ct);

    /// <summary>The import, held until the unit of work ends, so that two cannot apply it at once.</summary>
    public async Task<RosterImport?> Hold(RosterImportId import, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<RosterImport>($"{Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} AND roster_import_id = {import} FOR UPDATE",
            ct);
    }

    public Task<List<RosterImport>> List(PageRequest page, CancellationToken ct) => db.Query<RosterImport>($"""
        {Sql.Raw(Columns)} WHERE tenant_id = {db.Tenant} {Sql.When(page.AfterId > 0, $"AND roster_import_id < {page.AfterId}")}
        ORDER BY roster_import_id DESC LIMIT {page.Rows}
        """, ct);

    public Task<List<RosterImportRow>> Rows(RosterImportId import, string? kind, string? thing, PageRequest page, CancellationToken ct) =>
        db.Query<RosterImportRow>($"""
            SELECT row_no, kind, thing, label, file, line, column_name, code, reason, changes FROM roster_import_rows
            WHERE tenant_id = {db.Tenant} AND roster_import_id = {import} AND row_no > {page.AfterId}
            {Sql.When(kind is not null, $"AND kind = {kind}")} {Sql.When(thing is not null, $"AND thing = {thing}")}
            ORDER BY row_no LIMIT {page.Rows}
            """, ct);

    public async Task<RosterImportId> Insert(string fileName, long sizeBytes, FileId? file, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Get<RosterImportId>($"""
            INSERT INTO roster_imports (tenant_id, file_name, size_bytes, file_id, state, summary, created_at, created_by)
            VALUES ({db.Tenant}, {fileName}, {sizeBytes}, {file}::bigint, 'planning', {Sql.Json(RosterSummary.Empty)}, {db.Now},
                {actor.Person})
            RETURNING roster_import_id
            """, ct);
    }

    public Task SetJob(RosterImportId import, RosterImportState state, JobId job, CancellationToken ct, bool notify = false) =>
        db.Execute($"""
        UPDATE roster_imports SET state = {state}, job_id = {job.Value}, notify = {notify}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND roster_import_id = {import}
        """, ct);

    /// <summary>Keeps what an import would do, or why it is refused, with a row for each change and problem.</summary>
    public async Task SavePlan(RosterImportId import, RosterReading reading, RosterPlan? plan, byte[]? fingerprint, CancellationToken ct)
    {
        var summary = RosterSummary.Of(reading.Problems, plan);
        var state = summary.Errors > 0 ? RosterImportState.Refused : RosterImportState.Planned;
        await db.Execute($"""
            UPDATE roster_imports SET state = {state}, format = {reading.Format}, file_rows = {reading.Rows}, summary = {Sql.Json(summary)},
                   fingerprint = {fingerprint}::bytea, version = version + 1
            WHERE tenant_id = {db.Tenant} AND roster_import_id = {import}
            """, ct);
        var rows = Rows(reading.Problems).Concat(plan is null ? [] : Rows(plan.Problems)).OrderBy(row => row.Kind == "error" ? 0 : 1)
            .Concat(plan?.Steps.Select(Row) ?? []);
        var number = 0;
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            await InsertRows(import, number, chunk, ct);
            number += chunk.Length;
        }
    }

    public Task MarkApplied(RosterImportId import, CancellationToken ct) => db.Execute($"""
        UPDATE roster_imports SET state = 'applied', applied_at = {db.Now}, applied_by = {actor.Person}, version = version + 1
        WHERE tenant_id = {db.Tenant} AND roster_import_id = {import}
        """, ct);

    public Task MarkOutdated(RosterImportId import, CancellationToken ct) => db.Execute($"""
        UPDATE roster_imports SET state = 'outdated', version = version + 1 WHERE tenant_id = {db.Tenant} AND roster_import_id = {import}
        """, ct);

    private Task InsertRows(RosterImportId import, int after, IReadOnlyCollection<Written> rows, CancellationToken ct) => db.Execute($"""
        INSERT INTO roster_import_rows (tenant_id, roster_import_id, row_no, kind, thing, label, file, line, column_name, code, reason,
            changes)
        SELECT {db.Tenant}, {import}, {after} + t.n::int, t.kind, t.thing, t.label, t.file, t.line, t.column_name, t.code, t.reason,
            t.changes::jsonb
        FROM unnest({Column(rows, row => row.Kind)}, {Column(rows, row => row.Thing)}, {Column(rows, row => row.Label)},
            {Column(rows, row => row.File)},
                    {rows.Select(row => row.Line).ToArray()}, {Column(rows, row => row.ColumnName)}, {Column(rows, row => row.Code)},
                    {Column(rows, row => row.Reason)}, {Column(rows, row => row.Changes)})
             WITH ORDINALITY AS t(kind, thing, label, file, line, column_name, code, reason, changes, n)
        """, ct);

    private static string?[] Column(IEnumerable<Written> rows, Func<Written, string?> value) =>
        [.. rows.Select(row => value(row)?.Replace("\0", "", StringComparison.Ordinal))];

    private static IEnumerable<Written> Rows(RosterProblems problems) => problems.Items.Select(problem => new Written(
        problem.Severity is RosterSeverity.Error ? "error" : "warning", null, null, problem.File, problem.Line, problem.Column,
        problem.Code, problem.Message, null));

    private static Written Row(RosterStep step) => new(
        Word(step.Action), Word(step.Item.Kind), step.Item.Label, step.Item.Origin.File, step.Item.Origin.Line, null, null, null,
        step.Changes.Count == 0 ? null : JsonSerializer.Serialize(step.Changes, LecternJson.Options));

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private sealed record Written(
        string Kind, string? Thing, string? Label, string? File, int Line, string? ColumnName, string? Code, string? Reason,
        string? Changes);

    private const string Columns =
        """
        SELECT roster_import_id, file_name, size_bytes, format, state, file_rows, summary, job_id, created_at, created_by, applied_at,
            applied_by, version,
               file_id, notify, fingerprint
        FROM roster_imports
        """;
}
