using System.Diagnostics.Metrics;
using Lectern.Contracts.Courses;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Microsoft.Extensions.Logging;

namespace Lectern.Grading.Gradebook;

/// <summary>Works out anew every total that may have changed since it was last done.</summary>
/// <param name="After">The course it has come to; null at the beginning.</param>
internal sealed record CheckGradebooks(CourseId? After) : IJob
{
    public CheckGradebooks() : this((CourseId?)null) { }
}

/// <summary>
/// Checks one course a step, so that a night's work is many short transactions: those whose gradebook has changed since its last check, and
/// once a month each. A difference is never mended here: it is kept, counted and told to the operator, because something made it.
/// </summary>
internal sealed class CheckGradebooksHandler(TenantDb db, GradeLedgerProof proof, ILogger<CheckGradebooksHandler> log)
    : IJobHandler<CheckGradebooks>
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly Meter Meter = new("Lectern");
    private static readonly Counter<long> Differences = Meter.CreateCounter<long>(
        "lectern_gradebook_differences", description: "Numbers of gradebooks that are not what their entries come to");

    public async Task<object?> Run(CheckGradebooks job, JobProgress progress, CancellationToken ct)
    {
        // The version first: what changes meanwhile is checked the next time.
        var due = await db.Find<DueCourse>($"""
            SELECT b.course_id, b.version FROM gradebooks b
            LEFT JOIN gradebook_checks c ON c.tenant_id = b.tenant_id AND c.course_id = b.course_id
            WHERE b.tenant_id = {db.Tenant} AND b.course_id > {job.After?.Value ?? 0} AND NOT b.refolding
                AND (c.version IS DISTINCT FROM b.version OR c.checked_at < {db.Now - Month})
            ORDER BY b.course_id LIMIT 1
            """, ct);
        if (due is null) return null;
        var found = await proof.Prove(due.CourseId, ct);
        Differences.Add(found.Failures);
        foreach (var finding in found.Findings) log.LogError("A gradebook differs from its entries: {Finding}", finding);
        await db.Execute($"""
            INSERT INTO gradebook_checks AS c (tenant_id, course_id, version, compared, different, checked_at)
            VALUES ({db.Tenant}, {due.CourseId}, {due.Version}, {found.Attempts}, {found.Failures}, {db.Now})
            ON CONFLICT (tenant_id, course_id) DO UPDATE SET version = excluded.version, compared = excluded.compared,
                different = excluded.different, checked_at = excluded.checked_at
            """, ct);
        db.Enqueue(new CheckGradebooks(due.CourseId), new JobOptions { Priority = JobPriority.Bulk, MaxAttempts = 3 });
        return null;
    }

    private sealed record DueCourse(CourseId CourseId, long Version);
}

/// <summary>When a gradebook's totals were last worked out anew, how many numbers were compared and how many differed.</summary>
internal sealed record GradebookCheck(long Compared, long Different, DateTimeOffset CheckedAt);
