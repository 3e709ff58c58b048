using Lectern.Contracts.Courses;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.MissingWork;

/// <summary>
/// Says what has gone missing since the last due instant: some hundred learners in user order, one transaction, then a job for the next,
/// and at the end one for the next instant. Whatever changes a course's dates or rules folds it anew, which looks after everybody and
/// begins again; a job of before then does nothing.
/// </summary>
internal sealed class MarkMissingHandler(TenantDb db, GradebookStore gradebooks, MissingStore missing, MissingMarker marker)
    : IJobHandler<MarkMissing>
{
    private const int LearnersAtOnce = 200;

    public async Task<object?> Run(MarkMissing job, JobProgress progress, CancellationToken ct)
    {
        var began = job.Began ?? db.Now;
        var users = await missing.Learners(job.CourseId, job.After, LearnersAtOnce, ct);
        var held = await gradebooks.Hold(job.CourseId, users, ct);
        if (held.Course is not { } course || course.Head.StructureVersion != job.Structure) return null;
        if (course.Head.Policy.MissingPolicy is not { ByDates: true }) return null;
        var marked = await marker.MarkAtCommit(held, ct);
        if (users.Count == LearnersAtOnce) db.Enqueue(job with { After = users[^1], Began = began }, MarkMissing.Options);
        else if (!job.Once) await missing.Wake(course, began, ct);
        gradebooks.FoldAtCommit(course, marked);
        return new { learners = marked.Count };
    }
}

/// <summary>Once a night the same for every course that scores missing work by the dates, should a job have been lost.</summary>
internal sealed class MarkMissingNightlyHandler(TenantDb db) : IJobHandler<MarkMissingNightly>
{
    public async Task<object?> Run(MarkMissingNightly job, JobProgress progress, CancellationToken ct)
    {
        var courses = await db.Query<Course>($"""
            SELECT b.course_id, b.structure_version FROM gradebooks b
            JOIN grading_policies p ON p.tenant_id = b.tenant_id AND p.course_id = b.course_id AND p.policy_version = b.policy_version
            WHERE b.tenant_id = {db.Tenant} AND p.policy -> 'missing_policy' ->> 'by_dates' = 'true' ORDER BY b.course_id
            """, ct);
        foreach (var course in courses)
            db.Enqueue(new MarkMissing(course.CourseId, course.StructureVersion, Once: true), MarkMissing.Options);
        return new { courses = courses.Count };
    }

    private sealed record Course(CourseId CourseId, int StructureVersion);
}

/// <summary>Say what has gone missing in a course, from the learner after the named one on.</summary>
/// <param name="Structure">The course's structure that this was asked for by; with another one it does nothing.</param>
/// <param name="Once">Asks for no further look.</param>
/// <param name="Began">When the first step began; unknown before.</param>
internal sealed record MarkMissing(
    CourseId CourseId, int Structure, UserId After = default, bool Once = false, DateTimeOffset? Began = null) : IJob
{
    /// <summary>In no order: one that sleeps until a far instant holds up no other, and rows are held before anything is said.</summary>
    public static JobOptions Options { get; } = new() { Priority = JobPriority.Soon };
}

/// <summary>Look for what has gone missing in all courses.</summary>
internal sealed record MarkMissingNightly : IJob;
