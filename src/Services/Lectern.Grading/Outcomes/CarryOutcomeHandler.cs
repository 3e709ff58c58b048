using Lectern.Contracts.Courses;
using Lectern.Contracts.Grading;
using Lectern.Grading.Gradebook;
using Lectern.Platform.Data;
using Lectern.Platform.Jobs;
using Lectern.Platform.Tenancy;

namespace Lectern.Grading.Outcomes;

/// <summary>
/// Brings the courses that measure an outcome to its newest version, one after the other; a course that is concluded keeps what it ended
/// with. Where scores move, the course is folded anew, and the cause is kept.
/// </summary>
internal sealed class CarryOutcomeHandler(
    TenantDb db, OutcomeStore outcomes, CourseOutcomeStore inCourses, GradebookStore gradebooks) : IJobHandler<CarryOutcome>
{
    public async Task<object?> Run(CarryOutcome job, JobProgress progress, CancellationToken ct)
    {
        if (await outcomes.Find(job.OutcomeId, ct) is not { } outcome) return null;
        if (await inCourses.NextBehind(job.OutcomeId, outcome.Version, job.After, ct) is not { } course) return null;
        await gradebooks.HoldStructure(course, ct);
        var before = (await inCourses.List(course, ct)).Find(one => one.Outcome.OutcomeId == job.OutcomeId);
        await inCourses.Follow(course, job.OutcomeId, outcome.Version, ct);
        var same = before is null || (before.Outcome.Method == outcome.Method && before.Outcome.Scale.SaysTheSame(outcome.Scale));
        if (!same) inCourses.ChangedAtCommit(course, job.OutcomeId);
        db.Enqueue(job with { After = course }, CarryOutcome.Options(db.Tenant, job.OutcomeId));
        return null;
    }
}

/// <summary>Bring courses to the newest version of an outcome, from the one after the named one on.</summary>
internal sealed record CarryOutcome(OutcomeId OutcomeId, CourseId? After = null) : IJob
{
    /// <summary>Steps for one outcome follow each other.</summary>
    public static JobOptions Options(TenantId tenant, OutcomeId outcome) =>
        new() { Priority = JobPriority.Now, OrderKey = $"outcome/{tenant}/{outcome.Value}" };
}
