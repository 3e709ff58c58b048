using System.Text.Json.Serialization;
using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.GradebookExports;
using Lectern.Platform.Access;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Storage;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

[JsonConverter(typeof(IdJson<OutcomeExportId>))]
internal readonly record struct OutcomeExportId(long Value) : IId<OutcomeExportId>
{
    public static OutcomeExportId From(long value) => new(value);

    public static bool TryParse(string? text, out OutcomeExportId id) => IId<OutcomeExportId>.TryRead(text, out id);
}

/// <summary>A file of where learners stand on an outcome: asked for, made by a job, kept for a while.</summary>
internal sealed record OutcomeExport(
    OutcomeExportId OutcomeExportId, OutcomeId OutcomeId, CourseId[] CourseIds, ExportState State, Guid? JobId, int Learners,
    DateTimeOffset CreatedAt, UserId CreatedBy, DateTimeOffset? ReadyAt, DateTimeOffset? ExpiresAt,
    [property: JsonIgnore] FileId? FileId)
{
    /// <summary>How far the job has come.</summary>
    public JobStanding? Job { get; init; }

    /// <summary>Where to fetch it, for an hour.</summary>
    public FileLink? File { get; init; }
}

/// <summary>Write where learners stand on an outcome into a file.</summary>
internal sealed record ExportOutcome(OutcomeExportId OutcomeExportId) : IJob;

/// <summary>Give up a file whose time is over.</summary>
internal sealed record ExpireOutcomeExport(OutcomeExportId OutcomeExportId) : IJob;

/// <summary>Which files were asked for, by whom, and what became of them.</summary>
internal sealed class OutcomeExportStore(TenantDb db, Actor actor)
{
    private const string Columns = """
        SELECT e.outcome_export_id, e.outcome_id, e.course_ids, e.state, e.job_id, e.learners, e.created_at, e.created_by, e.ready_at,
            e.expires_at, e.file_id
        FROM outcome_exports e
        """;

    public Task<OutcomeExport?> Find(OutcomeExportId export, CancellationToken ct) => db.Find<OutcomeExport>(
        $"{Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.outcome_export_id = {export}", ct);

    /// <summary>The export, held until the unit of work ends.</summary>
    public async Task<OutcomeExport?> Hold(OutcomeExportId export, CancellationToken ct)
    {
        await db.Begin(ct);
        return await db.Find<OutcomeExport>(
            $"{Sql.Raw(Columns)} WHERE e.tenant_id = {db.Tenant} AND e.outcome_export_id = {export} FOR UPDATE OF e", ct);
    }

    /// <summary>Writes down that somebody wants it, and asks for the work.</summary>
    public async Task<OutcomeExportId> Ask(OutcomeId outcome, IReadOnlyCollection<CourseId> courses, CancellationToken ct)
    {
        await db.Begin(ct);
        var id = await db.Get<OutcomeExportId>($"""
            INSERT INTO outcome_exports (tenant_id, outcome_id, course_ids, created_at, created_by)
            VALUES ({db.Tenant}, {outcome}, {courses.ToArray()}, {db.Now}, {actor.Person}) RETURNING outcome_export_id
            """, ct);
        var job = db.Enqueue(new ExportOutcome(id), new JobOptions
        {
            Priority = JobPriority.Bulk, MaxAttempts = 3, OrderKey = $"outcome-export/{db.Tenant}/{outcome.Value}",
        });
        await db.Execute(
            $"UPDATE outcome_exports SET job_id = {job.Value} WHERE tenant_id = {db.Tenant} AND outcome_export_id = {id}", ct);
        return id;
    }

    /// <summary>The file is there; asks for its removal when its time is over.</summary>
    public async Task MarkReady(OutcomeExportId export, FileId file, int learners, DateTimeOffset until, CancellationToken ct)
    {
        await db.Execute($"""
            UPDATE outcome_exports SET state = 'ready', file_id = {file}, learners = {learners}, ready_at = {db.Now}, expires_at = {until}
            WHERE tenant_id = {db.Tenant} AND outcome_export_id = {export}
            """, ct);
        db.Enqueue(new ExpireOutcomeExport(export), new JobOptions { Priority = JobPriority.Bulk, RunAt = until, MaxAttempts = 100 });
    }

    public Task MarkExpired(OutcomeExportId export, CancellationToken ct) => db.Execute($"""
        UPDATE outcome_exports SET state = 'expired', file_id = NULL WHERE tenant_id = {db.Tenant} AND outcome_export_id = {export}
        """, ct);
}
