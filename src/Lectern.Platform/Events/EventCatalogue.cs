using System.Reflection;

namespace Lectern.Platform.Events;

/// <summary>
/// Every kind of event the program knows. What leaves the product stands here: a kind that is not listed, or is kept inside, is told to
/// nobody outside.
/// </summary>
internal sealed class EventCatalogue(IEnumerable<Assembly> assemblies)
{
    private readonly Dictionary<string, Type> published = assemblies.Distinct().SelectMany(assembly => assembly.GetTypes())
        .Where(type => typeof(IEvent).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false })
        .Where(type => type.GetCustomAttribute<KeptInsideAttribute>() is null)
        .ToDictionary(WireName.Of);

    /// <summary>What outside systems may be told, by name.</summary>
    public IReadOnlyDictionary<string, Type> Published => published;
}
