using System.Diagnostics.Metrics;
using Lectern.Platform.Observability;

namespace Lectern.Commands.Probes;

/// <summary>The last visit as metrics, for the text file collector of Prometheus' node exporter.</summary>
internal sealed class ProbeMeasures : IDisposable
{
    private const string Name = "Lectern.Probe";
    private readonly Meter meter = new(Name);
    private readonly MetricsText text = new(Name);
    private readonly Gauge<long> up;
    private readonly Gauge<double> took;
    private readonly Gauge<double> at;
    private readonly Gauge<double> certificate;

    public ProbeMeasures()
    {
        up = meter.CreateGauge<long>("lectern_probe_up", description: "Whether a chain did what it is for");
        took = meter.CreateGauge<double>("lectern_probe_duration_seconds", "s", "How long it took");
        at = meter.CreateGauge<double>("lectern_probe_time_seconds", "s", "When the last visit ended");
        certificate = meter.CreateGauge<double>("lectern_probe_certificate_end_seconds", "s", "Until when the certificate holds");
    }

    public void Record(ProbeOutcome outcome)
    {
        foreach (var chain in outcome.Chains)
        {
            var tag = new KeyValuePair<string, object?>("chain", chain.Name);
            up.Record(chain.Well ? 1 : 0, tag);
            took.Record(chain.Took.TotalSeconds, tag);
        }

        at.Record(outcome.At.ToUnixTimeMilliseconds() / 1000.0);
        if (outcome.CertificateEnds is { } ends) certificate.Record(ends.ToUnixTimeSeconds());
    }

    public string Write() => text.Write();

    /// <summary>Writes beside and renames, so that nobody reads half a file.</summary>
    public static async Task Replace(string file, string content)
    {
        var beside = file + ".new";
        await File.WriteAllTextAsync(beside, content);
        File.Move(beside, file, overwrite: true);
    }

    public void Dispose()
    {
        meter.Dispose();
        text.Dispose();
    }
}
