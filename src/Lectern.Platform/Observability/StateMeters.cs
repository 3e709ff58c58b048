using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lectern.Platform.Observability;

/// <summary>What is so at this moment, as against what has happened: work that waits, streams that are open, room that is left.</summary>
internal static class StateMeters
{
    private static readonly Meter Meter = new(Meters.Name);
    private static readonly Gauge<long> QueuedJobs = Meter.CreateGauge<long>(
        "lectern_queued_jobs", description: "Jobs that are due and wait, that run, and that have been given up on");
    private static readonly Gauge<double> QueueAge = Meter.CreateGauge<double>(
        "lectern_queue_age_seconds", "s", "How long the job that has waited longest has been due");
    private static readonly Gauge<double> ScheduleAge = Meter.CreateGauge<double>(
        "lectern_schedule_age_seconds", "s", "Since when a scheduled task has not run");
    private static readonly Gauge<long> ScheduleFailed = Meter.CreateGauge<long>(
        "lectern_schedule_failed", description: "1 when the last run of a scheduled task failed");
    private static readonly UpDownCounter<long> LiveStreams = Meter.CreateUpDownCounter<long>(
        "lectern_live_streams", description: "Live streams this process holds open");

    private static readonly Gauge<double> DiskFree = Meter.CreateGauge<double>(
        "lectern_disk_free_bytes", description: "Room left where the data folder is");
    private static readonly Gauge<double> DiskSize = Meter.CreateGauge<double>(
        "lectern_disk_size_bytes", description: "All the room there");

    public static void Queue(ShardMeasures.Work work)
    {
        QueuedJobs.Record(work.Waiting, new TagList { { "database", work.Database }, { "state", "waiting" } });
        QueuedJobs.Record(work.Running, new TagList { { "database", work.Database }, { "state", "running" } });
        QueuedJobs.Record(work.Dead, new TagList { { "database", work.Database }, { "state", "dead" } });
        QueueAge.Record(work.AgeSeconds, new KeyValuePair<string, object?>("database", work.Database));
    }

    public static void Schedule(ShardMeasures.Scheduled task)
    {
        var tags = new TagList { { "database", task.Database }, { "task", task.Name } };
        ScheduleAge.Record(task.AgeSeconds, tags);
        ScheduleFailed.Record(task.Failed ? 1 : 0, tags);
    }

    public static void StreamsChanged(int by) => LiveStreams.Add(by);

    public static void Disk(DriveInfo drive)
    {
        DiskFree.Record(drive.AvailableFreeSpace);
        DiskSize.Record(drive.TotalSize);
    }
}
