using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.Http.Metadata;

namespace Lectern.Commands.Proofs;

/// <summary>
/// Writes a body that a route would accept, from the type its handler takes, with another institution's number wherever a number
/// names something. So a route added tomorrow is attacked without anybody describing it.
/// </summary>
internal static class ForeignBody
{
    public static string? For(Endpoint endpoint, Func<string, long> number)
    {
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        if (accepts?.RequestType is not { } type
            || !accepts.ContentTypes.Any(content => content.Contains("json", StringComparison.Ordinal))) return null;
        return Of(type, type.Name, number, 0)?.ToJsonString() ?? "{}";
    }

    private static JsonNode? Of(Type type, string name, Func<string, long> number, int depth)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (depth > 5) return null;
        if (IsId(bare)) return number(name.EndsWith("Ids", StringComparison.Ordinal) ? name[..^1] : name);
        if (bare == typeof(string)) return "attempt";
        if (bare == typeof(bool)) return false;
        if (bare.IsEnum) return JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetNames(bare)[0]);
        if (bare == typeof(DateTimeOffset)) return "2026-09-01T08:00:00Z";
        if (bare == typeof(DateOnly)) return "2026-09-01";
        if (bare == typeof(Guid)) return Guid.Empty.ToString();
        if (bare.IsPrimitive || bare == typeof(decimal)) return name.EndsWith("Id", StringComparison.Ordinal) ? number(name) : 1;
        if (bare == typeof(JsonElement) || typeof(IDictionary).IsAssignableFrom(bare)) return new JsonObject();
        if (Element(bare) is { } element) return new JsonArray(Of(element, name, number, depth + 1));
        var body = new JsonObject();
        foreach (var property in bare.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead))
            body[JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)] = Of(property.PropertyType, property.Name, number, depth + 1);
        return body;
    }

    private static Type? Element(Type type) => type.IsArray
        ? type.GetElementType()
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(face =>
                face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));
}
