using System.Diagnostics.Metrics;
using Lectern.Platform.Data;
using Lectern.Platform.Observability;

namespace Lectern.Platform.Resilience;

/// <summary>What load does to requests: how long they wait for the database, and how many are refused.</summary>
internal static class LoadMeters
{
    private static readonly Meter Meter = new(Meters.Name);
    private static readonly string[] Names = [.. Enum.GetValues<Criticality>().Select(one => SqlValue.NameOf(one))];

    private static readonly Counter<long> Shed = Meter.CreateCounter<long>(
        "lectern_shed_requests", description: "Requests refused because there was too much, by criticality and place");

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>(
        "lectern_pool_wait_seconds", "s", "How long work waited for its turn at the database");

    private static readonly Gauge<long> DependencyState = Meter.CreateGauge<long>(
        "lectern_dependency_state", description: "0 answers, 1 is being tried again, 2 is away");

    public static void Refused(Criticality criticality, string where) =>
        Shed.Add(1, new("criticality", Names[(int)criticality]), new("where", where));

    public static void Waited(Criticality criticality, TimeSpan wait) =>
        Waits.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("criticality", Names[(int)criticality]));

    public static void Dependency(string name, DependencyState state) =>
        DependencyState.Record((long)state, new KeyValuePair<string, object?>("dependency", name));
}
