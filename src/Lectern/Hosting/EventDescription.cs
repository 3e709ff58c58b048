using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Lectern.Platform.Data;
using Lectern.Platform.Events;

namespace Lectern.Hosting;

/// <summary>
/// The catalogue of events that leave the product, AsyncAPI 3.0, made from the event types and their comments: one channel with a
/// message for each kind, in a CloudEvents envelope.
/// </summary>
internal static class EventDescription
{
    private static readonly JsonSerializerOptions Text = new(LecternJson.Options)
    {
        WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static string Write(EventCatalogue catalogue)
    {
        var kinds = catalogue.Published.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToList();
        var document = new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Lectern", ["version"] = "1",
                ["description"] = "What happened in a learning management system, told after it happened: at least once, and in order "
                    + "for each subject of a source. Recognise what comes again by its id.",
            },
            ["defaultContentType"] = "application/cloudevents+json",
            ["channels"] = new JsonObject { ["events"] = Channel(kinds.Select(kind => kind.Key)) },
            ["operations"] = new JsonObject
            {
                ["publish"] = new JsonObject { ["action"] = "send", ["channel"] = Reference("channels/events") },
            },
            ["components"] = new JsonObject
            {
                ["messages"] = new JsonObject(
                    kinds.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)Message(kind.Key, kind.Value)))),
                ["schemas"] = new JsonObject { ["envelope"] = Envelope() },
            },
        };
        return document.ToJsonString(Text) + "\n";
    }

    private static JsonObject Channel(IEnumerable<string> names) => new()
    {
        ["address"] = "{type}",
        ["description"] = "The topic exchange lectern.events; the routing key is the event's type. The stream lectern.log holds all of "
            + "them, a quorum queue lectern.work.NAME those a consumer asked for.",
        ["parameters"] = new JsonObject { ["type"] = new JsonObject { ["description"] = "The event's type, service.happening." } },
        ["messages"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Reference($"components/messages/{name}")))),
        ["bindings"] = new JsonObject
        {
            ["amqp"] = new JsonObject
            {
                ["is"] = "routingKey",
                ["exchange"] = new JsonObject { ["name"] = "lectern.events", ["type"] = "topic", ["durable"] = true },
            },
        },
    };

    private static JsonObject Message(string name, Type happened) => new()
    {
        ["name"] = name,
        ["summary"] = Summaries.Of(happened),
        ["contentType"] = "application/cloudevents+json",
        ["payload"] = new JsonObject
        {
            ["allOf"] = new JsonArray(
                Reference("components/schemas/envelope"),
                new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["type"] = new JsonObject { ["const"] = name }, ["data"] = Data(happened) },
                }),
        },
    };

    private static JsonObject Envelope() => new()
    {
        ["type"] = "object",
        ["description"] = "CloudEvents 1.0 in JSON.",
        ["required"] = new JsonArray("specversion", "id", "type", "source", "subject", "time", "datacontenttype", "sequence", "data"),
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["const"] = "1.0" },
            ["id"] = Property("The same whenever the event is told again. Also the message's id.", "uuid"),
            ["type"] = Property("What happened, service.happening. Also the routing key."),
            ["source"] = Property("The institution, /tenants/NUMBER.", "uri-reference"),
            ["subject"] = Property("What it happened to; events of one subject come in order."),
            ["time"] = Property("When it happened.", "date-time"),
            ["datacontenttype"] = new JsonObject { ["const"] = "application/json" },
            ["sequence"] = Property("Later in the alphabet is later for the same source and subject."),
            ["traceparent"] = Property("The trace it happened in (W3C Trace Context)."),
            ["data"] = new JsonObject { ["type"] = "object" },
        },
    };

    private static JsonNode Data(Type happened)
    {
        var schema = Text.GetJsonSchemaAsNode(happened, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, node) => Plain(context.TypeInfo.Type, node),
        }).AsObject();
        // The exporter allows null for what stands alone; an event's data is never nothing.
        schema["type"] = "object";
        if (schema["properties"] is not JsonObject properties) return schema;
        foreach (var name in OutgoingEnvelope.NotData) properties.Remove(name);
        schema["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        return schema;
    }

    /// <summary>Ids are written by a converter, of which the exporter knows nothing.</summary>
    private static JsonNode Plain(Type type, JsonNode schema)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (!bare.IsValueType || !bare.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>)))
            return schema;
        return bare == type
            ? new JsonObject { ["type"] = "integer", ["format"] = "int64" }
            : new JsonObject { ["type"] = new JsonArray("integer", "null"), ["format"] = "int64" };
    }

    private static JsonObject Property(string meaning, string? format = null)
    {
        var property = new JsonObject { ["type"] = "string", ["description"] = meaning };
        if (format is not null) property["format"] = format;
        return property;
    }

    private static JsonObject Reference(string to) => new() { ["$ref"] = $"#/{to}" };
}
