using System.Text.Json;

namespace Lectern.Platform.Events;

/// <summary>
/// Something that happened, in the past tense. Delivered at least once, and in order for each <see cref="Aggregate"/>.
/// Its name on the wire is <c>service.happening</c>, from the last word of its namespace and its own name.
/// </summary>
public interface IEvent
{
    /// <summary>The thing it happened to, e.g. <c>course:42</c>. Events of one aggregate are never reordered.</summary>
    string Aggregate { get; }

    /// <summary>What an open page may be watching, if this concerns one: pages that named this topic are woken within a second.</summary>
    string? LiveTopic => null;
}

/// <summary>Reacts to an event in its own transaction. It may be called again with the same event; the second call has no effect.</summary>
public interface IListener<in TEvent> where TEvent : IEvent
{
    Task Hear(TEvent happened, CancellationToken ct);
}

/// <summary>
/// Marks an event that no service of the product hears, because it is there for other systems: webhooks, exports, a broker's readers.
/// An event without listeners and without this mark is refused by a test.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ForIntegrationsAttribute(string why) : Attribute
{
    /// <summary>Who outside wants to know, and what for.</summary>
    public string Why => why;
}

/// <summary>Marks an event that never leaves the product, because it holds what nobody outside may have.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KeptInsideAttribute(string why) : Attribute
{
    /// <summary>What it holds.</summary>
    public string Why => why;
}

/// <summary>How types are called on the wire.</summary>
internal static class WireName
{
    public static string Of(Type type) => $"{Words(type).First()}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name)}";

    /// <summary>A listener's name says its folder too: several parts of one service may hear the same event.</summary>
    public static string OfListener(Type type) =>
        $"{string.Join('.', Words(type))}.{JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name)}";

    private static IEnumerable<string> Words(Type type) =>
        type.Namespace!.Split('.').SkipWhile(word => word is "Lectern" or "Contracts" or "Services")
            .Select(word => word.ToLowerInvariant());
}
