using System.Text.Json.Serialization;
using Lectern.Platform.Data;

namespace Lectern.Platform.Jobs;

/// <summary>
/// How far a piece of work has come. Why a try failed is for administrators to read: it may hold text of the program's own.
/// </summary>
/// <param name="State">ready, running, done, dead or cancelled.</param>
/// <param name="Total">What <paramref name="Progress"/> counts up to, once that is known.</param>
public sealed record JobStanding(string State, long Progress, long? Total)
{
    /// <summary>It was given up, or somebody stopped it; what it did was undone.</summary>
    [JsonIgnore]
    public bool IsOver => State is "dead" or "cancelled";
}

/// <summary>Tells how far work has come that somebody's thing waits for. Who may know is asked where the thing is.</summary>
public sealed class JobWatch(TenantDb db)
{
    /// <summary>Null when nothing was asked for, or the work is done so long ago that nothing is known of it any more.</summary>
    public async Task<JobStanding?> Find(Guid? job, CancellationToken ct) => job is { } asked
        ? await db.Find<JobStanding>(
            $"SELECT state, progress, total FROM platform.jobs WHERE tenant_id = {db.Tenant} AND job_id = {asked}", ct)
        : null;
}
