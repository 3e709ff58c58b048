using System.Text.Json.Serialization;

namespace Lectern.Platform.Jobs;

/// <summary>Work to be done later. Its kind on the wire is <c>service.name</c>, like an event's.</summary>
public interface IJob;

/// <summary>
/// Does one kind of job, in one transaction of the institution it belongs to. It may run again if it died before the end.
/// </summary>
public interface IJobHandler<in TJob> where TJob : IJob
{
    /// <summary>Does the work. What it returns is kept as the job's result and shown to the person who asked for it.</summary>
    Task<object?> Run(TJob job, JobProgress progress, CancellationToken ct);
}

/// <summary>The name of one piece of work.</summary>
public readonly record struct JobId([property: JsonIgnore] Guid Value)
{
    public static JobId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}

/// <summary>How soon work should be done compared with other work of the same institution.</summary>
public enum JobPriority
{
    /// <summary>Somebody is looking at a progress bar.</summary>
    Now = 0,

    /// <summary>Consequences of what happened: listeners.</summary>
    Soon = 3,

    Normal = 5,

    /// <summary>Exports, re-indexing, anything that can wait for the night.</summary>
    Bulk = 9,
}

/// <summary>
/// Whose slots a kind of job uses. Each has its own in every process, so that a hundred exports or a mail relay that hangs leave the
/// consequences of a grade running.
/// </summary>
public enum JobLane
{
    /// <summary>Consequences of what people do: listeners, gradebooks that are worked out anew.</summary>
    Work,

    /// <summary>Long and patient: imports, exports.</summary>
    Bulk,

    /// <summary>Waits for somebody outside: mail.</summary>
    Outside,

    /// <summary>Runs programs that people hand in: seconds each, and as many as a class has learners.</summary>
    Programs,
}

/// <summary>How a job is to be run.</summary>
public sealed record JobOptions
{
    public static JobOptions Default { get; } = new();

    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Tries before the job is set aside as dead. Waits between them grow from a second to five minutes.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Jobs with the same key run one after the other, in the order they were asked for.</summary>
    public string? OrderKey { get; init; }

    /// <summary>Not before this instant.</summary>
    public DateTimeOffset? RunAt { get; init; }
}

/// <summary>Says how far a job has come, as seen by the person waiting for it.</summary>
public sealed class JobProgress
{
    private readonly Func<long, long?, CancellationToken, Task<bool>> report;

    internal JobProgress(Func<long, long?, CancellationToken, Task<bool>> report) => this.report = report;

    /// <summary>A progress nobody watches.</summary>
    public static JobProgress None { get; } = new((_, _, _) => Task.FromResult(true));

    /// <summary>
    /// Tells that <paramref name="done"/> of <paramref name="total"/> is behind us. Throws when the job was cancelled or lost.
    /// </summary>
    public async Task At(long done, long? total, CancellationToken ct)
    {
        if (!await report(done, total, ct)) throw new JobLostException();
    }
}

/// <summary>The job was cancelled, or another worker took it over. Its work is rolled back.</summary>
public sealed class JobLostException() : Exception("The job was cancelled or taken over by another worker.");
