using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Lectern.Hosting;

/// <summary>The documentation comments that the compiler wrote beside each assembly.</summary>
internal static class Summaries
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> Read =
        new();

    public static string? Of(Type type) => Lookup(type.Assembly, $"T:{type.FullName!.Replace('+', '.')}");

    public static string? Of(MethodInfo method) =>
        Read.GetOrAdd(method.DeclaringType!.Assembly, Load)
            .FirstOrDefault(entry => entry.Key.StartsWith(
                $"M:{method.DeclaringType.FullName!.Replace('+', '.')}.{method.Name}(", StringComparison.Ordinal)).Value;

    private static string? Lookup(Assembly assembly, string key) => Read.GetOrAdd(assembly, Load).GetValueOrDefault(key);

    private static IReadOnlyDictionary<string, string> Load(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path)) return new Dictionary<string, string>();
        return XDocument.Load(path).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(
                member => member.Attribute("name")!.Value,
                member =>
                    string.Join(' ', member.Element("summary")!.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }
}
