using Lectern.Platform.Data;

namespace Lectern.Platform.Jobs;

/// <summary>How far a piece of work has come.</summary>
/// <param name="State">ready, running, done, dead or cancelled.</param>
/// <param name="Total">What <paramref name="Progress"/> counts up to, once that is known.</param>
/// <param name="Error">Why its last try failed.</param>
public sealed record JobStanding(string State, long Progress, long? Total, string? Error);

/// <summary>Tells how far work has come that somebody's thing waits for. Who may know is asked where the thing is.</summary>
public sealed class JobWatch(TenantDb db)
{
    /// <summary>Null when the work is done so long ago that nothing is known of it any more.</summary>
    public Task<JobStanding?> Find(JobId job, CancellationToken ct) => db.Find<JobStanding>(
        $"SELECT state, progress, total, error FROM platform.jobs WHERE tenant_id = {db.Tenant} AND job_id = {job.Value}", ct);
}
