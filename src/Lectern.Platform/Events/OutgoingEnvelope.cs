using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lectern.Platform.Data;

namespace Lectern.Platform.Events;

/// <summary>Writes an event as CloudEvents 1.0 in JSON: what outside systems read.</summary>
internal static class OutgoingEnvelope
{
    public const string ContentType = "application/cloudevents+json";

    /// <summary>Properties of the record that say how it is told, not what happened.</summary>
    public static readonly string[] NotData = ["aggregate", "live_topic"];

    public static OutgoingEvent Of(OutboxCursor.Waiting waiting, OutboxCursor.Window window)
    {
        var text = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = LecternJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", waiting.EventId);
            json.WriteString("type", waiting.Type);
            json.WriteString("source", SourceOf(waiting));
            json.WriteString("subject", waiting.Aggregate);
            json.WriteString("time", waiting.OccurredAt.UtcDateTime);
            json.WriteString("datacontenttype", "application/json");
            // Later in the alphabet is later in what is told of one aggregate: windows follow one another, positions within them.
            json.WriteString("sequence", Sequence(window.FromTx, waiting.Position));
            if (TraceOf(waiting) is { } trace) json.WriteString("traceparent", trace);
            json.WriteStartObject("data");
            foreach (var property in waiting.Body.GetProperty("happened").EnumerateObject().Where(one => !NotData.Contains(one.Name)))
                property.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new OutgoingEvent(waiting.EventId, waiting.Type, $"{waiting.Tenant}/{waiting.Aggregate}", text.WrittenMemory);
    }

    private static string SourceOf(OutboxCursor.Waiting waiting) => $"/tenants/{waiting.Tenant}";

    private static string Sequence(string window, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{window.PadLeft(20, '0')}.{position:D19}");

    /// <summary>The trace the event began in, if it is one that others can read.</summary>
    private static string? TraceOf(OutboxCursor.Waiting waiting) =>
        ActivityContext.TryParse(waiting.Trace, null, out _) ? waiting.Trace : null;
}
