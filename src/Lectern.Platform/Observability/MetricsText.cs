using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Lectern.Platform.Observability;

/// <summary>
/// Collects the framework's and our own measurements and writes them as Prometheus text (exposition format 0.0.4). Small enough to
/// be ours: no exporter for this framework can be had where the product is built; OpenTelemetry's replaces it by registration.
/// </summary>
public sealed class MetricsText : IDisposable
{
    private static readonly string[] Watched = [Meters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql", "System.Runtime"];
    private static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private const int MostSeries = 5_000;

    private readonly ConcurrentDictionary<(string Instrument, string Labels), Series> series = new();
    private readonly MeterListener listener = new();

    public MetricsText() : this(Watched)
    {
        // What is scaled on must be there before the first stream is.
        StateMeters.StreamsChanged(0);
    }

    /// <summary>Only of these meters.</summary>
    internal MetricsText(params string[] watched)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (watched.Contains(instrument.Meter.Name)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in series.GroupBy(entry => entry.Key.Instrument).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("# TYPE ").Append(group.Key).Append(' ').AppendLine(group.First().Value.Type);
            foreach (var (key, value) in group) value.Write(text, key.Instrument, key.Labels);
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (series.Count >= MostSeries) return;
        var name = NameOf(instrument);
        var entry = series.GetOrAdd((name, LabelsOf(tags)), _ => new Series(TypeOf(instrument)));
        entry.Record(value, IsAbsolute(instrument));
    }

    private static bool IsAbsolute(Instrument instrument) => instrument is
        ObservableInstrument<long> or ObservableInstrument<double> or ObservableInstrument<int> or Gauge<long> or Gauge<double>;

    private static string NameOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_').Replace('-', '_');
        if (instrument.Unit is "s" && !name.EndsWith("_seconds", StringComparison.Ordinal)) name += "_seconds";
        return TypeOf(instrument) == "counter" && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string TypeOf(Instrument instrument)
    {
        var kind = instrument.GetType().Name;
        if (kind.StartsWith("Histogram", StringComparison.Ordinal)) return "histogram";
        return kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal)
            ? "counter"
            : "gauge";
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) return string.Empty;
        var text = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (text.Length > 0) text.Append(',');
            var clean = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", @"\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(key.Replace('.', '_')).Append("=\"").Append(clean).Append('"');
        }

        return text.ToString();
    }

    private sealed class Series(string type)
    {
        private readonly Lock gate = new();
        private readonly long[] buckets = new long[Bounds.Length + 1];
        private double sum;
        private long count;

        public string Type => type;

        public void Record(double value, bool absolute)
        {
            lock (gate)
            {
                if (type == "histogram")
                {
                    var at = Array.FindIndex(Bounds, bound => value <= bound);
                    buckets[at < 0 ? Bounds.Length : at]++;
                    count++;
                    sum += value;
                }
                else
                {
                    sum = absolute ? value : sum + value;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels)
        {
            lock (gate)
            {
                if (type != "histogram")
                {
                    Line(text, name, labels, sum);
                    return;
                }

                long running = 0;
                for (var i = 0; i < buckets.Length; i++)
                {
                    running += buckets[i];
                    var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, name + "_bucket", labels.Length == 0 ? $"le=\"{bound}\"" : $"{labels},le=\"{bound}\"", running);
                }

                Line(text, name + "_sum", labels, sum);
                Line(text, name + "_count", labels, count);
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
            text.Append(' ').AppendLine(value.ToString("R", CultureInfo.InvariantCulture));
        }
    }
}
