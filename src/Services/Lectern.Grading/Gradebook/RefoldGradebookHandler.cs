using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.MissingWork;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Gradebook;

/// <summary>
/// Folds a course's rows after its rules changed: some hundred learners in user order, one transaction, then a job for the next. Also
/// makes the rows that are not there, and says what is missing by the rules of now.
/// </summary>
internal sealed class RefoldGradebookHandler(
    TenantDb db, GradebookStore gradebooks, MissingMarker marker, MissingStore missing) : IJobHandler<RefoldGradebook>
{
    private const int LearnersAtOnce = 200;

    public async Task<object?> Run(RefoldGradebook job, JobProgress progress, CancellationToken ct)
    {
        var (after, began) = (job.After?.Value ?? 0, job.Began ?? db.Now);
        var users = await db.Query<UserId>($"""
            SELECT u.user_id FROM (
                SELECT r.user_id FROM gradebook_rows r WHERE r.tenant_id = {db.Tenant} AND r.course_id = {job.CourseId}
                    AND r.user_id > {after}
                UNION
                SELECT m.user_id FROM course_members m
                WHERE m.tenant_id = {db.Tenant} AND m.course_id = {job.CourseId} AND m.role = 'learner' AND m.state = 'active'
                    AND m.user_id > {after}) u
            ORDER BY u.user_id LIMIT {LearnersAtOnce}
            """, ct);
        var held = await gradebooks.Hold(job.CourseId, users, ct);
        if (held.Course is null) return null;
        await marker.MarkAtCommit(held, ct);
        var structure = job.Structure ?? held.Course.Head.StructureVersion;
        if (users.Count == LearnersAtOnce)
            db.Enqueue(
                job with { After = users[^1], Structure = structure, Began = began }, RefoldGradebook.Options(db.Tenant, job.CourseId));
        else await End(job with { Structure = structure, Began = began }, held.Course, ct);
        gradebooks.FoldAtCommit(held.Course, [.. held.Learners.Values]);
        return null;
    }

    // A change of structure since the first step has a job of its own behind this one; then the refolding is not over yet.
    private async Task End(RefoldGradebook job, CourseStructure course, CancellationToken ct)
    {
        // Two changes may have been folded by one job; then the other one finds nothing left to begin.
        if (course.Head.Refolding) await missing.Wake(course, job.Began!.Value, ct);
        db.AtCommit($"""
            UPDATE gradebooks SET refolding = false
            WHERE tenant_id = {db.Tenant} AND course_id = {job.CourseId} AND structure_version = {job.Structure}
            """);
        db.Raise(new GradebookRefolded(job.CourseId));
        foreach (var assignment in job.Published ?? []) db.Raise(assignment);
    }
}
