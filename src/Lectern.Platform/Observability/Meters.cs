using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lectern.Platform.Observability;

/// <summary>The product's own measurements. Units go last in the name, as Prometheus asks.</summary>
internal static class Meters
{
    public const string Name = "Lectern";
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("lectern_jobs", description: "Jobs done, by kind and outcome");
    private static readonly Histogram<double> JobSeconds = Meter.CreateHistogram<double>(
        "lectern_job_duration_seconds", "s", "How long jobs took");

    private static readonly Gauge<long> OutboxWaiting = Meter.CreateGauge<long>(
        "lectern_outbox_waiting_events", description: "Events a reader of the outbox has still before it");
    private static readonly Gauge<double> OutboxAge = Meter.CreateGauge<double>(
        "lectern_outbox_age_seconds", "s", "Age of the oldest of them");

    private static readonly Gauge<double> LagSeconds = Meter.CreateGauge<double>(
        "lectern_replica_lag_seconds", "s", "How far a standby is behind its primary");

    public static void OutboxLag(int database, string reader, long waiting, double age)
    {
        var tags = new System.Diagnostics.TagList { { "database", database }, { "reader", reader } };
        OutboxWaiting.Record(waiting, tags);
        OutboxAge.Record(age, tags);
    }

    private static readonly Counter<long> CacheReads = Meter.CreateCounter<long>(
        "lectern_cache_reads", description: "Cached reads, by the level that answered");
    private static readonly Counter<long> LimitRefusals = Meter.CreateCounter<long>(
        "lectern_limit_refusals", description: "Requests refused because a limit was reached, by whose it was");

    public static void CacheAnswered(string level) => CacheReads.Add(1, new KeyValuePair<string, object?>("level", level));

    public static void LimitReached(string whose) => LimitRefusals.Add(1, new KeyValuePair<string, object?>("whose", whose));

    public static void ReplicaLag(int database, string replica, TimeSpan lag) => LagSeconds.Record(
        lag.TotalSeconds, new KeyValuePair<string, object?>("database", database), new KeyValuePair<string, object?>("replica", replica));

    public static void JobDone(string kind, string outcome, TimeSpan took)
    {
        Jobs.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));
        JobSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }
}

internal static class Tracing
{
    public static readonly ActivitySource Source = new("Lectern");
}
